import { readEscape } from './escapes.ts';
import { PatternError, type ProblemCode } from './problem.ts';

/** What begins with `(?` and cannot be had in one pass over a text. Look-behind can, as long as it captures nothing. */
const UNKNOWN_GROUPS: readonly (readonly [RegExp, ProblemCode])[] = [
  [/^\(\?[=!]/, 'lookAhead'],
  [/^\(\?>/, 'atomicGroup'],
  [/^\(\?P=[^)]{0,20}\)?/, 'backReference'],
  [/^\(\?\(/, 'conditional'],
  [/^\(\?#/, 'comment'],
  [/^\(\?(?:R|&|P>|[+-]?\d)/, 'recursion'],
];
const BACK_REFERENCE = /^\\(?:[1-9]\d?|k<[^>]{0,20}>?)/;

/**
 * Writes a pattern as the engine spells it, where JavaScript has another spelling. PatternError, with the place, for what
 * the engine cannot do and for brackets that do not fit.
 */
export function respell(pattern: string): string {
  const open: number[] = [];
  let spelt = '';
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const [sign] = rest;
    if (sign === '(') {
      refuseGroup(rest, at);
      open.push(at);
    } else if (sign === ')' && open.pop() === undefined) throw new PatternError('groupNotOpened', at, ')');
    const { length, means } = piece(rest, at, pattern);
    spelt += means;
    at += length;
  }
  const left = open.at(-1);
  if (left !== undefined) throw new PatternError('groupNotClosed', left, pattern.slice(left, left + 10));
  return spelt;
}

function piece(rest: string, at: number, pattern: string) {
  if (rest.startsWith('\\')) return escapeOutside(rest, at);
  if (rest.startsWith('[')) return classFrom(rest, at);
  const one = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
  return { length: one.length, means: one };
}

function escapeOutside(rest: string, at: number) {
  const [reference] = BACK_REFERENCE.exec(rest) ?? [];
  if (reference) throw new PatternError('backReference', at, reference);
  if (rest.startsWith('\\Q')) {
    const end = rest.indexOf('\\E');
    const length = end < 0 ? rest.length : end + 2; // taken by the letter
    return { length, means: rest.slice(0, length) };
  }
  if (rest.length === 1) throw new PatternError('trailingBackslash', at, '\\');
  return readEscape(rest, false);
}

function refuseGroup(rest: string, at: number): void {
  for (const [form, code] of UNKNOWN_GROUPS) {
    const [found] = form.exec(rest) ?? [];
    if (found) throw new PatternError(code, at, found);
  }
}

const NAMED_CLASS = /^\[:\^?[a-z]{1,12}:\]/;

/** A class in brackets, whole. */
function classFrom(rest: string, at: number) {
  if (rest.startsWith('[^]')) return { length: 3, means: '[\\x{0}-\\x{10FFFF}]' };
  if (rest.startsWith('[]')) throw new PatternError('classEmpty', at, '[]');
  let means = rest.startsWith('[^') ? '[^' : '[';
  let length = means.length;
  while (length < rest.length) {
    const inner = rest.slice(length);
    if (inner.startsWith(']')) return { length: length + 1, means: `${means}]` };
    const [named] = NAMED_CLASS.exec(inner) ?? [];
    const next = named ? { length: named.length, means: named } : memberOf(inner);
    means += next.means;
    length += next.length;
  }
  throw new PatternError('classNotClosed', at, rest.slice(0, 10));
}

function memberOf(inner: string) {
  if (inner.startsWith('\\') && inner.length > 1) return readEscape(inner, true);
  const one = String.fromCodePoint(inner.codePointAt(0) ?? 0);
  return { length: one.length, means: one === '[' ? '\\[' : one };
}
