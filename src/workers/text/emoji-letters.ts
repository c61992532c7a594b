/** First code points of alphabets that no compatibility form knows: parenthesised, negative circled and squared. */
const ALPHABETS: readonly number[] = [0x249c, 0x1f110, 0x1f150, 0x1f170];
const INDICATOR_A = 0x1f1e6;
const INDICATOR_Z = 0x1f1ff;
const SMALL_A = 0x61;

/** By first letter: the second letters of codes that have a flag. */
const FLAGS: Readonly<Record<string, string>> = {
  a: 'cdefgilmoqrstuwxz',
  b: 'abdefghijlmnoqrstvwyz',
  c: 'acdfghiklmnopqruvwxyz',
  d: 'egjkmoz',
  e: 'aceghrstu',
  f: 'ijkmor',
  g: 'abdefghilmnpqrstuwy',
  h: 'kmnrtu',
  i: 'cdelmnoqrst',
  j: 'emop',
  k: 'eghimnprwyz',
  l: 'abcikrstuvy',
  m: 'acdefghklmnopqrstuvwxyz',
  n: 'acefgilopruz',
  o: 'm',
  p: 'aefghklmnrstwy',
  q: 'a',
  r: 'eosuw',
  s: 'abcdeghijklmnorstvxyz',
  t: 'acdfghjklmnortvwz',
  u: 'agmnsyz',
  v: 'aceginu',
  w: 'fs',
  x: 'k',
  y: 'et',
  z: 'amw',
};

/** The small letter that a picture of a letter stands for; 0 where it is none. */
export function emojiLetter(code: number): number {
  const first = ALPHABETS.find((a) => code >= a && code < a + 26);
  return first === undefined ? 0 : code - first + SMALL_A;
}

export function isIndicator(code: number): boolean {
  return code >= INDICATOR_A && code <= INDICATOR_Z;
}

/** The small letter that an indicator of regions stands for. */
export function indicatorLetter(code: number): number {
  return code - INDICATOR_A + SMALL_A;
}

/** Where the indicators that begin at a place end. */
export function endOfIndicators(text: string, from: number): number {
  let at = from;
  while (isIndicator(text.codePointAt(at) ?? 0)) at += 2;
  return at;
}

/** Whether indicators are flags, one beside the other, rather than letters. */
export function areFlags(text: string, from: number, to: number): boolean {
  if ((to - from) % 4 !== 0) return false;
  for (let at = from; at < to; at += 4) {
    const [first, second] = [at, at + 2].map((place) =>
      String.fromCharCode(indicatorLetter(text.codePointAt(place) ?? 0)),
    );
    if (!FLAGS[first ?? '']?.includes(second ?? ' ')) return false;
  }
  return true;
}
