import { decodeHTML, encodeNonAsciiHTML } from 'entities';
import { inBits } from './bits.ts';
import { asBytes, asText, type Encoding } from './encoding.ts';
import { morse } from './morse.ts';
import { percent } from './percent.ts';
import { rot13 } from './rot13.ts';

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WORDS = `${CAPITALS}abcdefghijklmnopqrstuvwxyz0123456789`;
const BASE_32 = `${CAPITALS}234567`;

/** By HTML a reference to a control of these means a letter of Windows' code page, so they stand as they are. */
const C1_REFERENCE = /&#x([89][0-9a-f]);/g;

/** Every way to write a text that the bot knows, one line each. */
export const ENCODINGS = {
  base64: inBits({ letters: `${WORDS}+/`, group: 4 }),
  base64url: inBits({ letters: `${WORDS}-_` }),
  base32: inBits({ letters: BASE_32, likewise: BASE_32.toLowerCase(), group: 8 }),
  hex: inBits({ letters: '0123456789abcdef', likewise: '0123456789ABCDEF' }),
  binary: inBits({ letters: '01', between: ' ' }),
  url: percent,
  html: { encode: (text) => asText(toHtml(text)), decode: (text) => asBytes(decodeHTML(text)) },
  rot13,
  morse,
} as const satisfies Readonly<Record<string, Encoding>>;

export type EncodingName = keyof typeof ENCODINGS;
export const ENCODING_NAMES = Object.keys(ENCODINGS) as readonly EncodingName[]; // the keys of that very object

function toHtml(text: string): string {
  return encodeNonAsciiHTML(text).replace(C1_REFERENCE, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
