import type { Sql } from 'postgres';

/** The postgres.js template, with the kind of database behind it. */
export type Db = Sql & { readonly kind: 'server' | 'embedded' };
