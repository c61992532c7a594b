/** Numbers and texts as bytes, the lowest byte first. */
export function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
}

export function u64(value: number): Uint8Array {
  return concat([u32(value % 2 ** 32), u32(Math.floor(value / 2 ** 32))]);
}

/** A character is a byte. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `bytes`, with zeros behind it up to `length`. */
export function padded(bytes: Uint8Array, length: number): Uint8Array {
  return concat([bytes, new Uint8Array(Math.max(0, length - bytes.length))]);
}
