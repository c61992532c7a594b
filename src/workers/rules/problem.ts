import { type Static, Type } from '@sinclair/typebox';

/** Each has its text under `automod.problems` in the catalogue, which says what to write instead. */
const CODES = [
  'notAnObject',
  'missing',
  'unknownName',
  'noType',
  'unknownType',
  'severalJoins',
  'tooDeep',
  'tooManyParts',
  'yesNo',
  'number',
  'text',
  'oneOf',
  'list',
  'twice',
  'id',
  'domain',
  'ending',
  'ruleId',
  'nothingToFind',
  'tooLong',
  'noSuchList',
  'listTooLarge',
  'tooMuch',
  'notOfWords',
  'notOfDomains',
  'pattern',
  'term',
] as const;

/** What does not fit in a rule: where, by a path such as `/when/all/2/over`, and what was expected there. */
export const RuleProblem = Type.Object({
  path: Type.String(),
  code: Type.Union(CODES.map((code) => Type.Literal(code))),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export type RuleProblem = Static<typeof RuleProblem>;
