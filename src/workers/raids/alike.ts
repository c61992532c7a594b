/** Two names are alike from this share of their pairs of letters on. */
const ALIKE = 0.65;
/** Shorter ones say nothing. */
const LEAST_LETTERS = 3;
/** Of names that begin or end alike each is compared with so many at most. */
const MOST_COMPARED = 60;

/** What is left of a name when it is written plainly: its letters, without the numbers and signs that tell a row of accounts apart. */
export function lettersOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '');
}

/** Groups of different names that are alike, each with all that belong together. */
export function* alikeAmong(names: readonly string[]): Generator<readonly [string, string], void, undefined> {
  const blocks = new Map<string, { readonly name: string; readonly pairs: ReadonlySet<string> }[]>();
  for (const name of new Set(names)) {
    if (name.length < LEAST_LETTERS) continue;
    const pairs = pairsOf(name);
    for (const key of [`^${name.slice(0, LEAST_LETTERS)}`, `${name.slice(-LEAST_LETTERS)}$`]) {
      const block = blocks.get(key) ?? [];
      const like = block.find((other) => shareOf(pairs, other.pairs) >= ALIKE);
      if (like) yield [like.name, name];
      if (block.length < MOST_COMPARED) block.push({ name, pairs });
      blocks.set(key, block);
    }
  }
}

/** Whether a name is long enough to say something. */
export function saysSomething(letters: string): boolean {
  return letters.length >= LEAST_LETTERS;
}

function pairsOf(name: string): ReadonlySet<string> {
  const letters = [...name];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
}

/** Dice's coefficient of two sets. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return (2 * both) / Math.max(1, a.size + b.size);
}
