import { looksLike } from '../unicode/look-alikes.ts';

const MARKS = /\p{M}/gu;
const FIGURES: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  i: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '-': '',
  '·': '',
};
const PAIRS: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
];

const PLAIN = /^[a-z0-9.-]*$/;

/** Letters only, as they are meant to be read: `dіṣcörd` is `discord`. */
export function latinised(text: string): string {
  if (PLAIN.test(text)) return text;
  const bare = text.normalize('NFKD').replace(MARKS, '').toLowerCase();
  let out = '';
  for (const letter of bare)
    out += String.fromCodePoint(looksLike(letter.codePointAt(0) ?? 0) || (letter.codePointAt(0) ?? 0));
  return out;
}

/** What a hasty eye sees: two names of one skeleton are taken for each other. `d1scorcl` and `dis-cord` have that of `discord`. */
export function skeleton(text: string): string {
  let out = '';
  for (const letter of latinised(text)) out += FIGURES[letter] ?? letter;
  // A pair may be made of what figures stood for, so it is looked at last, and a letter of its own has been put in both names.
  return PAIRS.reduce((rest, [pair, letter]) => rest.replaceAll(pair, letter), out);
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/** Whether letters of two alphabets that look alike stand in one word, which no language asks for. */
export function mixesAlphabets(label: string): boolean {
  return SCRIPTS.filter((script) => script.test(label)).length > 1;
}

/** Whether `a` becomes `b` by at most `most` letters put in, left out, changed, or swapped with their neighbour. */
export function within(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start++;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  // What one change can explain is short once both ends are off; most names end here.
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  if (most === 1 && left.length + right.length > 4) return false;
  return distance(left, right) <= most;
}

/** Letters put in, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let at = 1; at <= b.length; at++) {
      const same = a[row - 1] === b[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]) {
        least = Math.min(least, (before[at - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
