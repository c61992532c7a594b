/**
 * Writes `src/lib/unicode/confusables.ts` out of Unicode's `confusables.txt`: `bun scripts/unicode/confusables.ts <that file>`.
 * Kept are the letters and figures that look like one of ours; what the compatibility form says already is left out.
 */
import { readFile, writeFile } from 'node:fs/promises';

const OUT = new URL('../../src/lib/unicode/confusables.ts', import.meta.url);
const KEPT = /^[\p{L}\p{N}\p{Sc}]$/u;
/** Two letters of ours that look like one: the data has it that way round. */
const ONE_FOR_TWO: Readonly<Record<string, string>> = { rn: 'm', vv: 'w' };

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write('Say where confusables.txt lies.\n');
  process.exit(2);
}
const source = await readFile(path, 'utf8');
const version = /^# Version: (\S+)$/m.exec(source)?.[1];
if (version === undefined) throw new Error(`${path} does not say its version`);
await writeFile(OUT, render(read(source), version));

/** By what it looks like: every code point that does, in order. */
function read(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [from = '', to = ''] = line.split(';', 2).map(characters);
    const target = to && plainLetter(from, to);
    if (target) found.set(target, [...(found.get(target) ?? []), from]);
  }
  return found;
}

function characters(codes: string): string {
  return /^[\uFEFF\s]*[0-9A-F]{4,6}(?: [0-9A-F]{4,6})*\s*$/.test(codes)
    ? String.fromCodePoint(
        ...codes
          .trim()
          .split(' ')
          .map((code) => Number.parseInt(code, 16)),
      )
    : '';
}

function plainLetter(from: string, to: string): string | undefined {
  if (!KEPT.test(from) || from.charCodeAt(0) < 0x80 || from.normalize('NFKC') !== from) return undefined;
  const bare = to.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const letter = ONE_FOR_TWO[bare] ?? bare;
  if (!/^[a-z0-9]$/.test(letter)) return undefined;
  // A capital I and a small l look the same: what is a capital is meant as the former.
  return letter === 'l' && /^\p{Lu}$/u.test(from) && /^[Il]$/.test(to) ? 'i' : letter;
}

function render(found: ReadonlyMap<string, readonly string[]>, unicode: string): string {
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([letter, froms]) => `  ${letter}: '${froms.toSorted().join('')}',`);
  return `// Made by scripts/unicode/confusables.ts from confusables.txt of Unicode ${unicode}; not to be edited by hand.
// Copyright © 1991-2022 Unicode, Inc.; its licence stands in THIRD-PARTY.md.

/** By letter or figure: every code point that looks like it, small or capital, also with a mark. */
export const CONFUSABLES: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}
