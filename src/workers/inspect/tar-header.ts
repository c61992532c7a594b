const BLOCK = 512;
const CHECKSUM = { at: 148, length: 8 };

/** Whether a block of 512 bytes is the header of an entry: the sum of its bytes stands in it. */
export function isTarHeader(bytes: Uint8Array, at = 0): boolean {
  if (at + BLOCK > bytes.length) return false;
  let sum = 0;
  for (let index = 0; index < BLOCK; index++) {
    const inSum = index >= CHECKSUM.at && index < CHECKSUM.at + CHECKSUM.length;
    sum += inSum ? 0x20 : (bytes[at + index] ?? 0);
  }
  return sum > CHECKSUM.length * 0x20 && sum === octal(bytes, at + CHECKSUM.at, CHECKSUM.length);
}

/** A number in octal digits, or of 256 a digit where the first bit is set. NaN when it is neither. */
export function octal(bytes: Uint8Array, at: number, length: number): number {
  const field = bytes.subarray(at, at + length);
  if ((field[0] ?? 0) & 0x80) return field.slice(1).reduce((value, byte) => value * 256 + byte, (field[0] ?? 0) & 0x7f);
  const digits = /^[\0 ]*([0-7]+)[\0 ]*/.exec(String.fromCharCode(...field))?.[1];
  if (digits !== undefined) return Number.parseInt(digits, 8);
  return field.every((byte) => byte === 0 || byte === 0x20) ? 0 : Number.NaN;
}
