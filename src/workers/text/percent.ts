const PERCENT = 0x25;

/** A code point that is written as `%41` or `%D0%B0`, and how many units that takes. */
export interface Decoded {
  readonly code: number;
  readonly units: number;
}

/** What is written in percents at a place, as UTF-8; nothing where it is no such code point, or one that does not show. */
export function decodedAt(text: string, at: number): Decoded | undefined {
  const first = byteAt(text, at);
  const bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0x20 || first === 0x7f || (first >= 0x80 && first < 0xc2) || first > 0xf4) return undefined;
  let code = bytes === 1 ? first : first & (0x7f >> bytes);
  for (let next = 1; next < bytes; next++) {
    const byte = byteAt(text, at + 3 * next);
    if ((byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const shortest = [0, 0, 0x80, 0x800, 0x1_0000][bytes] ?? 0;
  if (code < shortest || code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { code, units: 3 * bytes };
}

/** -1 where there is none. */
function byteAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== PERCENT) return -1;
  const [high, low] = [figure(text.charCodeAt(at + 1)), figure(text.charCodeAt(at + 2))];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function figure(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
}

/** Whether a text has anything written in percents. */
export function hasEncoded(text: string): boolean {
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) if (decodedAt(text, at)) return true;
  return false;
}
