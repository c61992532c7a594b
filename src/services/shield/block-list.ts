import type { BlockedPicture } from '../../db/blocked-pictures.ts';

export type BlockedEntry = Pick<BlockedPicture, 'id' | 'guild'>;

/** Blocked pictures as a thread compares them. */
export interface BlockList {
  readonly entries: readonly BlockedEntry[];
  /** Their hashes in the same order: eight bytes each, the most significant first. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const BYTES = 8;

export function blockListOf(pictures: readonly BlockedPicture[]): BlockList {
  const bytes = Buffer.from(new ArrayBuffer(pictures.length * BYTES));
  for (const [at, { hash }] of pictures.entries()) bytes.write(hash, at * BYTES, 'hex');
  return { bytes, entries: pictures };
}
