import type { Random } from './random.ts';

/** A copy with a few bytes changed, moved, doubled, or cut off: what a fuzzer feeds on. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  let copy = bytes.slice();
  for (let times = 1 + random.below(6); times > 0 && copy.length > 0; times--) copy = changed(copy, random);
  return copy;
}

function changed(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length);
  const length = 1 + random.below(Math.min(64, bytes.length - at));
  switch (random.below(6)) {
    case 0:
      bytes[at] = random.below(256);
      return bytes;
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 2:
      return bytes.fill([0, 255, 0x41, 0x7f][random.below(4)] ?? 0, at, at + length);
    case 3:
      bytes.copyWithin(random.below(bytes.length), at, at + length);
      return bytes;
    case 4:
      return bytes.slice(0, at);
    default: {
      const twice = new Uint8Array(bytes.length + length);
      twice.set(bytes.subarray(0, at + length));
      twice.set(bytes.subarray(at), at + length);
      return twice;
    }
  }
}

/** The file cut off at every tenth byte, or so. */
export function* truncated(bytes: Uint8Array, step = 10): Generator<Uint8Array, void, undefined> {
  for (let length = 0; length < bytes.length; length += step) yield bytes.subarray(0, length);
}
