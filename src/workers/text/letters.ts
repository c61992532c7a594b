/** What a code point is to somebody who looks for words. */
export const Kind = {
  /** Shows nothing: joiners, controls of direction, fillers, tags, points that Arabic and Hebrew are mostly written without. */
  nothing: 1,
  space: 2,
  /** Punctuation, symbols, pictures. */
  sign: 3,
  figure: 4,
  /** Stands on any letter, and is taken off unless Unicode has one letter for both. */
  mark: 5,
  /** A vowel or tone that its own script cannot do without. */
  vowel: 6,
  latin: 7,
  cyrillic: 8,
  greek: 9,
  /** Any other letter, such as one of Arabic, Thai or Han. */
  letter: 10,
} as const;

/** Looked at in this order. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/^[\p{White_Space}\u2800]$/u, Kind.space],
  [
    /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]$/u,
    Kind.nothing,
  ],
  [/^(?=\p{M})[\p{Script=Inherited}\p{Script=Common}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u, Kind.mark],
  [/^\p{M}$/u, Kind.vowel],
  [/^\p{N}$/u, Kind.figure],
  [/^\P{L}$/u, Kind.sign],
  [/^\p{Script=Latin}$/u, Kind.latin],
  [/^\p{Script=Cyrillic}$/u, Kind.cyrillic],
  [/^\p{Script=Greek}$/u, Kind.greek],
];

function workOutKind(code: number): number {
  const character = String.fromCodePoint(code);
  return KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? Kind.letter;
}

/** The code points of the compatibility form in small letters. */
function workOutFolded(code: number): readonly number[] {
  const small = String.fromCodePoint(code).normalize('NFKC').toLowerCase().normalize('NFKC');
  return Array.from(small.replaceAll('ς', 'σ').replaceAll('ß', 'ss'), (character) => character.codePointAt(0) ?? 0);
}

const BASIC = 0x1_0000;
/** More code points beyond the basic plane than people write with; hostile texts go through them all. */
const MOST_KEPT = 8_192;
/** What `folded` is for code points that become none or several. */
export const SEVERAL = 0xffff;

/** What is known of code points, worked out when one is met for the first time and kept in the thread. */
export class Letters {
  readonly #kinds = new Uint8Array(BASIC);
  readonly #folded = new Uint16Array(BASIC);
  readonly #several = new Map<number, readonly number[]>();
  readonly #farKinds = new Map<number, number>();
  readonly #pairs = new Map<number, number>();

  kind(code: number): number {
    if (code >= BASIC) return kept(this.#farKinds, code, () => workOutKind(code));
    if (this.#kinds[code] === 0) this.#kinds[code] = workOutKind(code);
    return this.#kinds[code] ?? Kind.sign;
  }

  /** The one unit that a unit of the basic plane becomes, or `SEVERAL`. */
  folded(unit: number): number {
    if (this.#folded[unit] === 0) {
      const [first = SEVERAL, ...more] = workOutFolded(unit);
      this.#folded[unit] = more.length === 0 && first > 0 && first < SEVERAL ? first : SEVERAL;
    }
    return this.#folded[unit] ?? SEVERAL;
  }

  /** Every code point that one becomes. */
  several(code: number): readonly number[] {
    return kept(this.#several, code, () => workOutFolded(code));
  }

  /** The letter that Unicode has for a letter with a mark, or with the next part of a syllable; 0 where there is none. */
  together(base: number, mark: number): number {
    return kept(this.#pairs, base * 0x20_0000 + mark, () => {
      const one = String.fromCodePoint(base, mark).normalize('NFC');
      return one.length === 1 ? one.charCodeAt(0) : 0;
    });
  }
}

function kept<T>(known: Map<number, T>, key: number, workOut: () => T): T {
  const had = known.get(key);
  if (had !== undefined) return had;
  if (known.size >= MOST_KEPT) known.clear();
  const made = workOut();
  known.set(key, made);
  return made;
}
