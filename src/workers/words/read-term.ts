import { type Static, Type } from '@sinclair/typebox';
import { LONGEST_TERM } from '../rules/limits.ts';
import { canonical } from '../text/canonical.ts';
import { MOST_WILDCARDS } from './limits.ts';
import { spacedWords } from './spaced.ts';
import type { Term, TermKind } from './term.ts';
import { type Gap, type Pieces, piecesOf, written } from './wildcards.ts';

/** Each has its text under `automod.terms` in the catalogue, which says what to write instead. */
export const TermProblem = Type.Union([
  /** Nothing of it is left of what is compared: signs that do not show, or wildcards alone. */
  Type.Literal('empty'),
  /** A single letter would be found in nearly everything; so would one beside wildcards. */
  Type.Literal('tooShort'),
  Type.Literal('tooLong'),
  Type.Literal('tooManyWildcards'),
]);
export type TermProblem = Static<typeof TermProblem>;

export interface TermForm {
  readonly kind: Exclude<TermKind, 'literal'>;
  readonly leet: boolean;
}

/** Characters that mean something by themselves. */
const WHOLE_WORD = /^[\p{Script=Han}\p{Extended_Pictographic}\p{Regional_Indicator}]$/u;

/** A term as somebody wrote it, spelt like the texts it is looked for in; or why it cannot be looked for. `!` before it makes it an exception. */
export function readTerm(line: string, { kind, leet }: TermForm): Omit<Term, 'scope'> | TermProblem {
  const whole = line.trim();
  const except = whole.startsWith('!');
  const bare = except ? whole.slice(1).trim() : whole.replace(/^\\!/, '!');
  if (bare.length > LONGEST_TERM) return 'tooLong';
  const pieces = spelt(piecesOf(bare), leet);
  if (pieces.pieces.length === 0) return 'empty';
  if (pieces.gaps.reduce((sum, { least, most }) => sum + least + Number(most > least), 0) > MOST_WILDCARDS)
    return 'tooManyWildcards';
  if (!pieces.pieces.some(saysSomething)) return 'tooShort';
  return { text: written(pieces), kind, ...(except && { except }) };
}

function saysSomething(piece: string): boolean {
  const letters = [...piece.trim()];
  return letters.length > 1 || WHOLE_WORD.test(letters.join(''));
}

/** Piece by piece, since a wildcard is no letter; gaps about a piece of which nothing is left are one. */
function spelt({ pieces, gaps }: Pieces, leet: boolean): Pieces {
  const kept: string[] = [];
  const between: Gap[] = [gaps[0] ?? { least: 0, most: 0 }];
  for (const [index, piece] of pieces.entries()) {
    const text = trimmed(spacedWords(canonical(piece, { leet }).text), index, pieces.length);
    const gap = gaps[index + 1] ?? { least: 0, most: 0 };
    if (text !== '') {
      kept.push(text);
      between.push(gap);
      continue;
    }
    const before = between.at(-1) ?? gap;
    between[between.length - 1] = { least: before.least + gap.least, most: before.most + gap.most };
  }
  return { pieces: kept, gaps: between };
}

/** White space counts beside a wildcard, not at the ends of a term. */
function trimmed(text: string, index: number, count: number): string {
  const start = index === 0 ? text.trimStart() : text;
  return index === count - 1 ? start.trimEnd() : start;
}
