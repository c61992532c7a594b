import type { BlockedPicture } from '../../db/blocked-pictures.ts';

export type BlockedEntry = Pick<BlockedPicture, 'id' | 'guild'>;

const BYTES = 8;

/** Blocked pictures as a thread compares them. Grows row by row, so that a long list never holds the main thread. */
export class BlockList {
  readonly entries: BlockedEntry[] = [];
  #hashes = new DataView(new ArrayBuffer(64 * BYTES));

  /** `hash` is of 16 hexadecimal digits. */
  add({ id, guild, hash }: BlockedPicture): void {
    const at = this.entries.length * BYTES;
    if (at === this.#hashes.byteLength) this.#hashes = new DataView(this.#hashes.buffer.transfer(at * 2));
    this.#hashes.setUint32(at, Number.parseInt(hash.slice(0, 8), 16));
    this.#hashes.setUint32(at + 4, Number.parseInt(hash.slice(8), 16));
    this.entries.push({ id, guild });
  }

  /** A copy of the hashes in the order of the entries: eight bytes each, the most significant first. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#hashes.buffer.slice(0, this.entries.length * BYTES));
  }
}
