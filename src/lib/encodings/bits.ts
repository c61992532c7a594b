import { asText, type Decoded, type Encoding, stray } from './encoding.ts';

interface Alphabet {
  /** A power of two of them; `decode` also takes those of `likewise`, in the same order. */
  readonly letters: string;
  readonly likewise?: string;
  /** Letters are filled up with `=` to a multiple of this; 1 where they are not. */
  readonly group?: number;
  /** Set between the letters of two bytes, where a byte is a whole number of letters. */
  readonly between?: string;
}

const PADDING = '=';

/** Bytes in letters of so many bits each, the most significant first, as RFC 4648 has it. Spaces and line breaks do not count. */
export function inBits({ letters, likewise = letters, group = 1, between = '' }: Alphabet): Encoding {
  const width = Math.log2(letters.length);
  const values = new Map([...letters, ...likewise].map((letter, at) => [letter, at % letters.length]));
  if (8 % width === 0) {
    // A byte is a whole number of letters: each is written once, here.
    const written = Array.from({ length: 256 }, (_, byte) => lettersOf(byte, letters, width));
    const encode = (text: string) =>
      asText(Array.from(new TextEncoder().encode(text), (byte) => written[byte]).join(between));
    return { encode, decode: (text) => read(text, { values, width }) };
  }
  return {
    encode: (text) => asText(written(new TextEncoder().encode(text), { letters, width, group })),
    decode: (text) => read(text, { values, width }),
  };
}

interface Writing extends Required<Pick<Alphabet, 'letters' | 'group'>> {
  readonly width: number;
}

function lettersOf(byte: number, letters: string, width: number): string {
  const places = Array.from({ length: 8 / width }, (_, at) => 8 - width * (at + 1));
  return places.map((place) => letters[(byte >> place) & (letters.length - 1)]).join('');
}

function written(bytes: Uint8Array, { letters, width, group }: Writing): string {
  let [out, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= width; held -= width) out += letters[(bits >> (held - width)) & (letters.length - 1)];
    bits &= (1 << held) - 1;
  }
  if (held > 0) out += letters[(bits << (width - held)) & (letters.length - 1)];
  return group === 1 ? out : out.padEnd(Math.ceil(out.length / group) * group, PADDING);
}

function read(text: string, { values, width }: { values: ReadonlyMap<string, number>; width: number }): Decoded {
  const end = text.trimEnd().replace(/=+$/, '').length;
  const bytes = new Uint8Array(Math.ceil((end * width) / 8));
  let [size, bits, held] = [0, 0, 0];
  for (let at = 0; at < end; at++) {
    const letter = text.charAt(at);
    if (/\s/.test(letter)) continue;
    const value = values.get(letter);
    if (value === undefined) return stray(text, at);
    bits = (bits << width) | value;
    held += width;
    if (held < 8) continue;
    held -= 8;
    bytes[size++] = bits >> held;
    bits &= (1 << held) - 1;
  }
  // As many bits left as a letter has: a letter is missing.
  return held >= width ? { ok: false, problem: 'incomplete' } : { ok: true, bytes: bytes.subarray(0, size) };
}
