import { type Static, Type } from '@sinclair/typebox';
import type { CaseFilter } from '../../db/case-list.ts';
import { LASTING_TYPES } from './lasting.ts';

const Id = Type.String({ pattern: '^\\d{17,20}$' });
/** Milliseconds since 1970. */
const Moment = Type.Integer();

/** What somebody looks for among a server's cases, as it is kept while they turn pages. */
export const Sought = Type.Object({
  type: Type.Optional(Type.String({ maxLength: 32 })),
  target: Type.Optional(Id),
  actor: Type.Optional(Id),
  from: Type.Optional(Moment),
  before: Type.Optional(Moment),
  text: Type.Optional(Type.String({ maxLength: 200 })),
  lasting: Type.Optional(Type.Boolean()),
  hidden: Type.Optional(Type.Boolean()),
});
export type Sought = Static<typeof Sought>;

/** The same for the database. */
export function filterOf(sought: Sought, { guild, now }: { readonly guild: string; readonly now: Date }): CaseFilter {
  const { type, target, actor, from, before, text, lasting, hidden } = sought;
  return {
    ...{ guild, type, target, actor, text, hidden },
    from: from === undefined ? undefined : new Date(from),
    before: before === undefined ? undefined : new Date(before),
    lasting: lasting ? { types: LASTING_TYPES, at: now } : undefined,
  };
}
