/** Bytes one after another; texts are written as the codes of their characters. */
export function join(...parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))),
    ),
  );
}

export function be32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
}

export function le16(value: number): number[] {
  return [value & 255, (value >>> 8) & 255];
}

export function le24(value: number): number[] {
  return [...le16(value), (value >>> 16) & 255];
}

export function le32(value: number): number[] {
  return [...le24(value), (value >>> 24) & 255];
}

/** The same bytes again and again. */
export function repeated(bytes: Uint8Array, times: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length * times);
  for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
  return all;
}
