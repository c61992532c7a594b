import { looksLike } from '../../lib/unicode/look-alikes.ts';
import { emojiLetter } from './emoji-letters.ts';

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
  /** Of scripts that hardly anybody writes, and many draw our letters with. */
  rare: 10,
  /** Of scripts where one may be a word: Han, kana. */
  ideograph: 11,
  /** Any other, such as one of Arabic, Thai or Hangul. */
  letter: 12,
} as const;

/** Whether a code point of that kind is a part of words. */
export function isOfWords(kind: number): boolean {
  return kind >= Kind.vowel || kind === Kind.figure;
}

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
  [
    /^[\p{Script=Cherokee}\p{Script=Canadian_Aboriginal}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Deseret}\p{Script=Osage}\p{Script=Old_Italic}\p{Script=Carian}\p{Script=Lycian}\p{Script=Lydian}\p{Script=Gothic}\p{Script=Runic}\p{Script=Tifinagh}\p{Script=Vai}\p{Script=Warang_Citi}\p{Script=Elbasan}\p{Script=Caucasian_Albanian}\p{Script=Miao}]$/u,
    Kind.rare,
  ],
  [/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]$/u, Kind.ideograph],
];

function workOutKind(code: number): number {
  const character = String.fromCodePoint(code);
  return KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? Kind.letter;
}

/** Letters of sounds, small capitals and the like; those among them that languages are written with are not meant. */
const PHONETIC = /^(?![ɑɓɔɖɗəɛɣɨɩɲʉʋ])[\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]$/u;

/** The code points of the compatibility form in small letters; what is only there to look like a letter is that letter. */
function workOutFolded(code: number): readonly number[] {
  const drawn = drawnLetter(code);
  if (drawn !== 0) return [drawn];
  const small = String.fromCodePoint(code).normalize('NFKC').toLowerCase().normalize('NFKC');
  return Array.from(small.replaceAll('ς', 'σ').replaceAll('ß', 'ss'), (character) => {
    const one = character.codePointAt(0) ?? 0;
    return drawnLetter(one) || one;
  });
}

function drawnLetter(code: number): number {
  const emoji = emojiLetter(code);
  if (emoji !== 0) return emoji;
  const drawn = code >= BASIC ? workOutKind(code) === Kind.rare : PHONETIC.test(String.fromCodePoint(code));
  return drawn ? looksLike(code) : 0;
}

const BASIC = 0x1_0000;
/** More code points beyond the basic plane than people write with; hostile texts go through them all. */
const MOST_KEPT = 8_192;
/** What `folded` is for code points that become none or several. */
export const SEVERAL = 0xffff;

/** Where things stand in what `packed` gives. */
export const [KIND, LIKE, KIND_BITS] = [16, 24, 15];
const OWN_KIND = 20;

function pack(unit: number): number {
  const [first = SEVERAL, ...more] = workOutFolded(unit);
  const folded = more.length === 0 && first > 0 && first < SEVERAL ? first : SEVERAL;
  const kind = folded === SEVERAL ? 0 : workOutKind(folded);
  const like = looksLike(unit) || (folded === SEVERAL ? 0 : looksLike(folded));
  return (folded | (kind << KIND) | (workOutKind(unit) << OWN_KIND) | (like << LIKE)) >>> 0;
}

/** What is known of code points, worked out when one is met for the first time and kept in the thread. */
export class Letters {
  /** By unit: what it becomes, its kind and what it looks like, as `packed` says. */
  readonly #packed = new Uint32Array(BASIC);
  readonly #several = new Map<number, readonly number[]>();
  readonly #farKinds = new Map<number, number>();
  readonly #pairs = new Map<number, number>();
  readonly #bare = new Uint16Array(BASIC);

  kind(code: number): number {
    return code < BASIC
      ? (this.packed(code) >>> OWN_KIND) & KIND_BITS
      : kept(this.#farKinds, code, () => workOutKind(code));
  }

  /** The letter or figure of ASCII that a unit looks like; 0 where there is none. */
  like(unit: number): number {
    return this.packed(unit) >>> LIKE;
  }

  /**
   * All that is known of a unit of the basic plane: the unit that it becomes, or `SEVERAL` (16 bits), the kind of that, its own kind (4 bits
   * each), and the letter or figure of ASCII that it looks like as it is written, or else in small (from `LIKE` on).
   */
  packed(unit: number): number {
    const known = this.#packed[unit] ?? 0;
    if (known !== 0) return known;
    const made = pack(unit);
    this.#packed[unit] = made;
    return made;
  }

  /** Every code point that one becomes. */
  several(code: number): readonly number[] {
    return kept(this.#several, code, () => workOutFolded(code));
  }

  /** A letter without its marks. */
  bare(unit: number): number {
    if (this.#bare[unit] === 0) {
      const first = String.fromCharCode(unit).normalize('NFD').charCodeAt(0);
      this.#bare[unit] = this.kind(unit) === Kind.latin ? looksLike(unit) || first : first;
    }
    return this.#bare[unit] ?? unit;
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
