import { randomOf } from '../../tests/files/random.ts';

const BYTES_A_WORD = 4;

/** So many bytes, the same every time, that nothing can be packed of. A multiple of four. */
export function randomBytes(count: number, seed = 1): Uint8Array<ArrayBuffer> {
  const random = randomOf(seed);
  const words = Uint32Array.from({ length: count / BYTES_A_WORD }, () => random.below(2 ** 32));
  return new Uint8Array(words.buffer);
}
