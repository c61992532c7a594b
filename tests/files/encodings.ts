import { concat, latin1 } from './bytes.ts';

const LINE = 'Größe fünf Meter und ein Café in Ålesund\n';
const utf8 = (text: string) => new TextEncoder().encode(text);

/** UTF-16 that does not say so: no mark in front. */
export function utf16WithoutMark(order: 'little' | 'big'): Uint8Array {
  const little = new Uint8Array(Buffer.from(LINE.repeat(20), 'utf16le'));
  return order === 'little' ? little : new Uint8Array(Buffer.from(little).swap16());
}

/** One byte a letter, as Western Windows wrote it. */
export function latin1Text(): Uint8Array {
  return latin1(LINE.repeat(20));
}

/** UTF-8 with bytes in it that no text has: a letter without its beginning, one without its end, one written too long. */
export function invalidUtf8(): Uint8Array {
  const wrong = [0x80, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xff];
  return concat([utf8(LINE), Uint8Array.from(wrong), utf8(LINE)]);
}

/** One half in UTF-8, the other in UTF-16, as logs are when two programs write into them. */
export function mixedEncodings(): Uint8Array {
  return concat([utf8(LINE.repeat(10)), utf16WithoutMark('little')]);
}
