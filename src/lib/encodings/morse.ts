import { asBytes, asText, type Encoding, stray } from './encoding.ts';

/** International Morse code (ITU-R M.1677), with the punctuation that is in use beside it. */
const SIGNS: Readonly<Record<string, string>> = {
  A: '.-',
  B: '-...',
  C: '-.-.',
  D: '-..',
  E: '.',
  F: '..-.',
  G: '--.',
  H: '....',
  I: '..',
  J: '.---',
  K: '-.-',
  L: '.-..',
  M: '--',
  N: '-.',
  O: '---',
  P: '.--.',
  Q: '--.-',
  R: '.-.',
  S: '...',
  T: '-',
  U: '..-',
  V: '...-',
  W: '.--',
  X: '-..-',
  Y: '-.--',
  Z: '--..',
  0: '-----',
  1: '.----',
  2: '..---',
  3: '...--',
  4: '....-',
  5: '.....',
  6: '-....',
  7: '--...',
  8: '---..',
  9: '----.',
  '.': '.-.-.-',
  ',': '--..--',
  ':': '---...',
  '?': '..--..',
  "'": '.----.',
  '-': '-....-',
  '/': '-..-.',
  '(': '-.--.',
  ')': '-.--.-',
  '"': '.-..-.',
  '=': '-...-',
  '+': '.-.-.',
  '@': '.--.-.',
  '!': '-.-.--',
  '&': '.-...',
  ';': '-.-.-.',
};
const CHARACTERS = new Map(Object.entries(SIGNS).map(([character, sign]) => [sign, character]));
const BETWEEN_WORDS = '/';

/** Dots and dashes; a blank between two letters, a slash between two words. */
export const morse: Encoding = {
  encode(text) {
    const signs: string[] = [];
    for (const { 0: piece, index } of text.trim().matchAll(/\s+|./gsu)) {
      const sign = piece.trim() === '' ? BETWEEN_WORDS : SIGNS[piece.toUpperCase()];
      if (sign === undefined) return stray(text.trim(), index);
      signs.push(sign);
    }
    return asText(signs.join(' '));
  },
  decode(text) {
    let out = '';
    for (const { 0: piece, index } of text.matchAll(/[^\s/|]+|[/|]/g)) {
      const sign = piece.replaceAll(/[·•∙]/g, '.').replaceAll(/[−–—_]/g, '-');
      const character = piece === '/' || piece === '|' ? ' ' : CHARACTERS.get(sign);
      if (character === undefined) return stray(text, index);
      out += character;
    }
    return asBytes(out);
  },
};
