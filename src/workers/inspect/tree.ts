import { sizeText } from '../../lib/size-text.ts';
import type { Finding } from './report.ts';

/** Text packs to a tenth, logs to a fiftieth; nothing honest of this size packs to so little. */
const BOMB = { bytes: 100_000_000, ratio: 150 };
/** However well it is packed: as much does not fit on many disks. */
const ENORMOUS = 100_000_000_000;

/** Entries that are looked at over all archives: of what is hidden among more, archives are still opened. */
const MOST_LOOKS = 128;
/** And at whose first bytes alone: as many as there are source files in a large program. */
const MOST_GLANCES = 10_000;

/** Bytes of texts that are searched for secrets over all archives, those included that likely hold some; of scripts apart. */
const MOST_SEARCHED = { scripts: 750_000, likely: 1_500_000, others: 500_000 };
/** However small it is, a text costs as much as so many. */
const A_TEXT = 2_000;

/**
 * Packed bytes that are gone through only to see whether entries come to what they say, over all archives, and what an
 * entry costs beside them. This serves for all that the largest upload holds, in as many entries as are listed.
 */
const MOST_MEASURED = 66_000_000;
const AN_ENTRY = 2_000;

/**
 * A file and everything in it: what all of it comes to, by what archives claim or by what came out of them. Many small
 * ones that are nothing each can be a bomb together, held against the one file that somebody sends.
 */
export class Tree {
  readonly #packed: number;
  #size = 0;
  #looks = 0;
  #glances = 0;
  #measured = 0;
  #searched = 0;
  #searchedScripts = 0;

  /** `packed`: bytes of the file itself. */
  constructor(packed: number) {
    this.#packed = packed;
  }

  /** Whether one more entry may be looked at. */
  mayLook(): boolean {
    return this.#looks++ < MOST_LOOKS;
  }

  /** Whether the first bytes of one more may be. */
  mayGlance(): boolean {
    return this.#glances++ < MOST_GLANCES;
  }

  /** Whether an entry of so many packed bytes may be gone through for nothing but its size. */
  mayMeasure(packed: number): boolean {
    const cost = packed + AN_ENTRY;
    if (this.#measured + cost > MOST_MEASURED) return false;
    this.#measured += cost;
    return true;
  }

  /** Whether a text of `size` bytes may be searched. */
  maySearch(size: number, worth: keyof typeof MOST_SEARCHED): boolean {
    const searched = (worth === 'scripts' ? this.#searchedScripts : this.#searched) + size + A_TEXT;
    if (searched > MOST_SEARCHED[worth]) return false;
    if (worth === 'scripts') this.#searchedScripts = searched;
    else this.#searched = searched;
    return true;
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
