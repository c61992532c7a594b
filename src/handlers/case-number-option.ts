import { integer } from './options.ts';

/** The number of a case. */
export const CASE_NUMBER = integer({ min: 1, max: 2_147_483_647 });
