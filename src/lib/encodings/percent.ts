import { asText, type Encoding, stray } from './encoding.ts';

const ESCAPED = /%([0-9a-f]{2})|%|[^%]+/gi;

/** `%20` and the like, as parts of addresses are written. A plus sign stays one. */
export const percent: Encoding = {
  encode: (text) => asText(encodeURIComponent(text.toWellFormed())),
  decode(text) {
    const bytes = new Uint8Array(text.length * 3);
    const encoder = new TextEncoder();
    let size = 0;
    for (const { 0: piece, 1: hex, index } of text.matchAll(ESCAPED)) {
      if (piece === '%') return stray(text, index);
      if (hex === undefined) size += encoder.encodeInto(piece, bytes.subarray(size)).written;
      else bytes[size++] = Number.parseInt(hex, 16);
    }
    return { ok: true, bytes: bytes.subarray(0, size) };
  },
};
