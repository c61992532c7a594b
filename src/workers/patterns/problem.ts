import { type Static, Type } from '@sinclair/typebox';
import { BotError } from '../../lib/errors.ts';

/** Each has its text under `patterns.problems` in the catalogue, which says what to write instead. */
const CODES = [
  'empty',
  'tooLong',
  'tooLarge',
  'tooDeep',
  'matchesAll',
  'lookAhead',
  'groupInLookBehind',
  'backReference',
  'atomicGroup',
  'conditional',
  'comment',
  'recursion',
  'unknownGroup',
  'groupNotClosed',
  'groupNotOpened',
  'classNotClosed',
  'classEmpty',
  'classRange',
  'unknownClass',
  'unknownEscape',
  'trailingBackslash',
  'nothingToRepeat',
  'repeatTwice',
  'repeatCount',
  'groupName',
  'groupNameTwice',
  'unreadable',
] as const;
export type ProblemCode = (typeof CODES)[number];

/** Why a pattern cannot be used. `at` counts UTF-16 units from 0, where the place is known; `what` stands there. */
export const PatternProblem = Type.Object({
  code: Type.Union(CODES.map((code) => Type.Literal(code))),
  at: Type.Optional(Type.Integer({ minimum: 0 })),
  what: Type.Optional(Type.String()),
});
export type PatternProblem = Static<typeof PatternProblem>;

/** Thrown by whatever reads a pattern, and caught where the reading began. */
export class PatternError extends BotError {
  readonly problem: PatternProblem;

  constructor(code: ProblemCode, at?: number, what?: string) {
    super(`cannot be used as a pattern: ${code}`);
    this.problem = { code, ...(at !== undefined && { at }), ...(what !== undefined && { what }) };
  }
}
