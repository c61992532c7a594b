import { lettersOf } from './font-letters.ts';

/**
 * The first of somebody's names of which every letter can be drawn; signs and emoji that cannot are left out. A name in
 * ornamental letters counts as what they stand for. Where no name can be drawn whole, what can be of the last.
 */
export function nameDrawn(names: readonly string[], font: Uint8Array): string {
  const known = lettersOf(font);
  const spellings = names.flatMap((name) => [name, name.normalize('NFKC')]);
  for (const spelling of spellings) {
    const kept = onlyKnown(spelling, known);
    if (kept !== '' && letters(kept) > 0 && letters(kept) === letters(spelling)) return kept;
  }
  return onlyKnown(spellings.at(-1) ?? '', known);
}

function onlyKnown(name: string, known: (point: number) => boolean): string {
  return [...name.toWellFormed()]
    .filter((letter) => known(letter.codePointAt(0) ?? 0))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
}

function letters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
