import { REACH } from '../../../src/workers/words/limits.ts';
import type { Term } from '../../../src/workers/words/term.ts';

/** A term, and where it is found. */
export interface Place {
  readonly term: number;
  readonly from: number;
  readonly to: number;
}

type Token = { readonly letter: string } | { readonly least: number; readonly most: number };

/** White space of any length is one token, as it is one space to the automaton. */
const TOKEN = /[*?]+|\s+|\\?./gsu;
const LETTER = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}]/u;

/** Every place of every term that counts, by trying them all everywhere: what the automaton is held against. */
export function naivePlaces(terms: readonly Term[], text: string): readonly Place[] {
  const all = terms.flatMap((term, index) => placesOf(term, text).map((place) => ({ term: index, ...place })));
  const allowed = all.filter(({ term }) => terms[term]?.except);
  return all.filter(({ term, from, to }) => {
    const { except, kind, scope = 0 } = terms[term] ?? {};
    if (except) return false;
    if (kind === 'literal') return true;
    return !allowed.some((one) => (terms[one.term]?.scope ?? 0) === scope && one.from <= from && one.to >= to);
  });
}

function placesOf(term: Term, text: string): { readonly from: number; readonly to: number }[] {
  const tokens = tokensOf(term);
  const [first, last] = [tokens[0], tokens.at(-1)];
  const places: { from: number; to: number }[] = [];
  for (let from = 0; from <= text.length; from++) {
    if (/\s/.test(text[from] ?? '') && /\s/.test(text[from - 1] ?? '')) continue; // within a run of white space
    for (const to of endsFrom(term.except ? nearest(tokens) : tokens, text, from)) {
      if (term.kind === 'word' && !((isOpen(first) || isEdge(text, from)) && (isOpen(last) || isEdge(text, to))))
        continue;
      places.push(term.except ? widened(text, from, to, isOpen(first), isOpen(last)) : { from, to });
    }
  }
  return places;
}

/** The same without what a `*` at either end means. */
function nearest(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    const end = at === 0 || at === tokens.length - 1;
    return end && 'least' in token ? { least: token.least, most: token.least } : token;
  });
}

/** Of what allows, a `*` at the end means the letters that follow. */
function widened(text: string, from: number, to: number, left: boolean, right: boolean) {
  const letters = `[\\p{L}\\p{M}\\p{N}]{0,${REACH}}`;
  const before = left ? (new RegExp(`${letters}$`, 'u').exec(text.slice(0, from))?.[0] ?? '') : '';
  const after = right ? (new RegExp(`^${letters}`, 'u').exec(text.slice(to))?.[0] ?? '') : '';
  return { from: from - before.length, to: to + after.length };
}

function tokensOf({ text, kind }: Term): readonly Token[] {
  if (kind === 'literal') return Array.from(text.replace(/\s+/g, ' '), (letter) => ({ letter }));
  return Array.from(text.matchAll(TOKEN), ([piece]) => {
    if (!/^[*?]/.test(piece)) return { letter: piece.replace(/^\\(?=.)/s, '').replace(/\s+/, ' ') };
    const least = piece.split('?').length - 1;
    return { least, most: least + (piece.includes('*') ? REACH : 0) };
  });
}

function isOpen(token: Token | undefined): boolean {
  return token !== undefined && 'most' in token && token.most > token.least;
}

function endsFrom([token, ...rest]: readonly Token[], text: string, at: number): ReadonlySet<number> {
  if (!token) return new Set([at]);
  const ends = new Set<number>();
  for (const next of 'letter' in token ? afterLetter(token.letter, text, at) : afterGap(token, text, at)) {
    for (const end of endsFrom(rest, text, next)) ends.add(end);
  }
  return ends;
}

function afterLetter(letter: string, text: string, at: number): readonly number[] {
  if (letter !== ' ') return text.startsWith(letter, at) ? [at + letter.length] : [];
  const [run] = /^\s+/.exec(text.slice(at)) ?? [];
  return run ? [at + run.length] : [];
}

function afterGap({ least, most }: { readonly least: number; readonly most: number }, text: string, from: number) {
  const after: number[] = [];
  for (let at = from, letters = 0; letters <= most; letters++) {
    if (letters >= least) after.push(at);
    const letter = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
    if (/\s/.test(letter)) break;
    at += letter.length;
  }
  return after;
}

function isEdge(text: string, at: number): boolean {
  const before = [...text.slice(0, at)].at(-1) ?? ' ';
  const [after = ' '] = text.slice(at);
  return !(LETTER.test(before) && LETTER.test(after));
}
