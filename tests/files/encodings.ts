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

/** A text in UTF-32, with its mark in front. */
export function utf32(text: string, order: 'little' | 'big'): Uint8Array {
  const points = Array.from(`\ufeff${text}`, (char) => char.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  for (const [at, point] of points.entries()) view.setUint32(at * 4, point, order === 'little');
  return new Uint8Array(view.buffer);
}

/** A text in UTF-16 that does not say so. */
export function utf16(text: string, order: 'little' | 'big'): Uint8Array {
  const little = Buffer.from(text, 'utf16le');
  return new Uint8Array(order === 'little' ? little : little.swap16());
}

/** A text in an encoding of one or two bytes a character that the platform can read, and so can be asked for. */
export function encodedAs(label: string, text: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const codes = new Map<string, readonly number[]>();
  const note = (...code: readonly number[]) => {
    const char = decoder.decode(Uint8Array.from(code));
    if (char !== '\ufffd' && !codes.has(char)) codes.set(char, code);
  };
  for (let lead = 0; lead < 256; lead++) note(lead);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) note(lead, trail);
  return Uint8Array.from(
    Array.from(text).flatMap((char) => {
      const code = codes.get(char);
      if (!code) throw new Error(`${label} has no ${char}`);
      return [...code];
    }),
  );
}
