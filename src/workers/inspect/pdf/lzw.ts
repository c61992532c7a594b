import type { Sink } from '../sink.ts';

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4_096;

/** Undoes LZW as PDF and TIFF have it: codes of 9 to 12 bits, the widest bit first. */
export function lzw(bytes: Uint8Array, sink: Sink, early: boolean): void {
  const prefix = new Uint16Array(MOST_CODES);
  const last = Uint8Array.from({ length: MOST_CODES }, (_, code) => code & 255);
  const length = new Uint16Array(MOST_CODES).fill(1);
  const piece = new Uint8Array(MOST_CODES);
  let [next, width, before] = [258, 9, -1];
  let [held, bits] = [0, 0];

  const spell = (code: number): Uint8Array => {
    const size = length[code] ?? 1;
    let at = code;
    for (let place = size - 1; place >= 0; place--) {
      piece[place] = last[at] ?? 0;
      at = prefix[at] ?? 0;
    }
    return piece.subarray(0, size);
  };

  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === END) return;
    if (code === CLEAR) {
      [next, width, before] = [258, 9, -1];
      continue;
    }
    if (code > next || (code === next && before < 0)) throw new RangeError('a code that nobody has given');
    if (before >= 0 && next < MOST_CODES) {
      const first = spell(code === next ? before : code)[0] ?? 0;
      prefix[next] = before;
      last[next] = first;
      length[next] = (length[before] ?? 1) + 1;
      next++;
    }
    sink.push(spell(code));
    before = code;
    const due = next + (early ? 1 : 0);
    if (due >= 2_048) width = 12;
    else if (due >= 1_024) width = 11;
    else if (due >= 512) width = 10;
  }
}
