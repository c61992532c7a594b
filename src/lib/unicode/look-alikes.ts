import { CONFUSABLES } from './confusables.ts';

/** What Unicode's data leaves out: small capitals, letters that differ more than a font does, and those it has for another letter. */
const MORE: Readonly<Record<string, string>> = {
  a: 'ᴀɐᗩ',
  b: 'βвʙᛒ',
  c: 'ↄᑕ',
  d: 'ᴅ',
  e: 'εᴇǝəє',
  f: 'ꜰ',
  g: 'ɢ',
  h: 'нʜ',
  i: 'ї',
  j: 'ᴊ',
  k: 'κкᴋ',
  l: 'ʟ',
  m: 'мᴍ',
  n: 'пиɴŋᴎᑎ',
  p: 'ᴘþ',
  q: 'ǫᑫ',
  r: 'яʀɹ',
  s: 'ᔕ',
  t: 'τтᴛʇ',
  u: 'μц',
  w: 'ωшщʍᗯ',
  x: 'χ',
  z: 'ʒᘔ',
  3: 'з',
};

const BASIC_LATIN = 0x80;

/** By code point: the small letter or figure of ours that it looks like. */
function byCode(table: Readonly<Record<string, string>>): readonly (readonly [number, number])[] {
  return Object.entries(table).flatMap(([letter, ones]) =>
    Array.from(ones, (one) => [one.codePointAt(0) ?? 0, letter.charCodeAt(0)] as const),
  );
}

const CLOSE: ReadonlyMap<number, number> = new Map(byCode(CONFUSABLES));
const LOOKS_LIKE: ReadonlyMap<number, number> = new Map([...byCode(MORE), ...CLOSE]);

/**
 * The small letter or figure of ASCII that a code point looks like, as its code; 0 where there is none. Marks do not count, and
 * capitals are asked for before they are made small, since the two may look like different letters.
 */
export function looksLike(code: number): number {
  if (code < BASIC_LATIN) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  const known = LOOKS_LIKE.get(code);
  if (known !== undefined) return known;
  const bare = String.fromCodePoint(code).normalize('NFKD').toLowerCase();
  const first = bare.codePointAt(0) ?? 0;
  if (first === code || !/^.\p{M}*$/su.test(bare)) return 0;
  return first < BASIC_LATIN ? (/[a-z0-9]/.test(bare) ? first : 0) : (LOOKS_LIKE.get(first) ?? 0);
}

/** Whether a letter is hard to tell from the one that it looks like, rather than just meant for it. */
export function isClose(code: number): boolean {
  return CLOSE.has(code);
}

/** By letter of ASCII: the one between two code points that is hard to tell from it, or else one that is meant for it; 0 for none. */
export function lettersLike(first: number, last: number): Uint16Array {
  const like = new Uint16Array(BASIC_LATIN);
  const codes = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const capital = (code: number) => String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? 0;
  const letters = [
    ...codes.map((code) => [CLOSE.get(code), code] as const),
    ...codes.flatMap((code) =>
      [LOOKS_LIKE.get(capital(code)), LOOKS_LIKE.get(code)].map((letter) => [letter, code] as const),
    ),
  ];
  for (const [letter, code] of letters) if (letter !== undefined && like[letter] === 0) like[letter] = code;
  return like;
}
