import { sizeText } from '../../lib/size-text.ts';
import type { Finding } from './report.ts';

/** Text packs to a tenth, logs to a fiftieth; nothing honest of this size packs to so little. */
const BOMB = { bytes: 100_000_000, ratio: 150 };
/** However well it is packed: as much does not fit on many disks. */
const ENORMOUS = 100_000_000_000;

/** Entries that are looked at over all archives: of what is hidden among more, archives are still opened. */
const MOST_LOOKS = 128;

/**
 * A file and everything in it: what all of it comes to, by what archives claim or by what came out of them. Many small
 * ones that are nothing each can be a bomb together, held against the one file that somebody sends.
 */
export class Tree {
  readonly #packed: number;
  #size = 0;
  #looks = 0;

  /** `packed`: bytes of the file itself. */
  constructor(packed: number) {
    this.#packed = packed;
  }

  /** Whether one more entry may be looked at. */
  mayLook(): boolean {
    return this.#looks++ < MOST_LOOKS;
  }

  /** Adds an archive of `packed` bytes that comes to `size`; whether it is a bomb, or everything with it. */
  add(size: number, packed: number, depth: number): Finding[] {
    // What is inside was counted once already, as it lies in the archive around it.
    this.#size += depth === 0 ? size : Math.max(0, size - packed);
    if (isBomb(size, packed)) return [bomb('bomb', packed, size)];
    return isBomb(this.#size, this.#packed) ? [bomb('bomb-together', this.#packed, this.#size)] : [];
  }
}

function isBomb(size: number, packed: number): boolean {
  return (size >= BOMB.bytes && size / Math.max(packed, 1) >= BOMB.ratio) || size >= ENORMOUS;
}

function bomb(code: 'bomb' | 'bomb-together', packed: number, size: number): Finding {
  return { code, level: 'dangerous', params: { packed: sizeText(packed), size: sizeText(size) } };
}
