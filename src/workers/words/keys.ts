import { spacedWords } from './spaced.ts';
import { type Term, TermsError } from './term.ts';
import { isOpen, type Pieces, piecesOf } from './wildcards.ts';

/** A term under the key that the automaton finds it by. */
export interface Keyed {
  readonly term: Term;
  /** Its number among all terms. */
  readonly index: number;
  /** Where its wildcards are described; -1 for a term that has none. */
  readonly program: number;
}

export interface Keys {
  /** Sorted by their units, each once. */
  readonly texts: readonly string[];
  readonly byKey: ReadonlyMap<string, readonly Keyed[]>;
  readonly entries: number;
  /**
   * Of a term with wildcards: the number of its pieces, which of them is the key, its gaps as `least, most`, then each other piece as its
   * length and its units.
   */
  readonly programs: readonly number[];
}

/** Puts every term under its key: itself, or the longest piece between its wildcards. TermsError for a term without letters. */
export function keysOf(terms: readonly Term[]): Keys {
  const byKey = new Map<string, Keyed[]>();
  const programs: number[] = [];
  for (const [index, term] of terms.entries()) {
    const pieces = term.kind === 'literal' ? undefined : piecesOf(spacedWords(term.text));
    const anchor = pieces ? longestOf(pieces.pieces) : 0;
    const key = pieces ? pieces.pieces[anchor] : spacedWords(term.text);
    if (!key) throw new TermsError(`term ${index} has no letters`);
    const keyed = { term, index, program: pieces && hasGaps(pieces) ? programOf(pieces, anchor, programs) : -1 };
    const known = byKey.get(key);
    if (known) known.push(keyed);
    else byKey.set(key, [keyed]);
  }
  // Sorted by units: that is how strings compare unless told otherwise.
  return { texts: [...byKey.keys()].sort(), byKey, entries: terms.length, programs };
}

function longestOf(pieces: readonly string[]): number {
  let longest = 0;
  for (const [at, piece] of pieces.entries()) if (piece.length > (pieces[longest]?.length ?? 0)) longest = at;
  return longest;
}

function hasGaps({ gaps }: Pieces): boolean {
  return gaps.some((gap) => gap.most > 0 || isOpen(gap));
}

function programOf({ pieces, gaps }: Pieces, anchor: number, programs: number[]): number {
  const at = programs.length;
  programs.push(pieces.length, anchor);
  for (const { least, most } of gaps) programs.push(least, most);
  for (const [index, piece] of pieces.entries()) {
    if (index === anchor) continue;
    programs.push(piece.length);
    for (let unit = 0; unit < piece.length; unit++) programs.push(piece.charCodeAt(unit));
  }
  return at;
}
