import type { Copy, Flood } from './flood.ts';
import { isNear, NEAR } from './near.ts';

/** A message as it is kept. */
export interface Kept {
  copy: Copy;
  readonly at: number;
  /** By rule. */
  floods: Map<string, Flood> | undefined;
}

/** So many that were dropped still take their place: to move the rest costs more. */
const SLACK = 512;
const PAIR = 2;
/** More than any rule counts; what was before them was met when it came. */
const MOST_ALIKE = 200;

/**
 * The last messages of one server in the order in which they came, and the hashes of their texts in a row: a new message is held against
 * thousands of them.
 */
export class ServerWindow {
  readonly #kept: Kept[] = [];
  /** The first that is not dropped. */
  #from = 0;
  #hashes = new Int32Array(64 * PAIR);

  get size(): number {
    return this.#kept.length - this.#from;
  }

  get first(): Kept | undefined {
    return this.#kept[this.#from];
  }

  add(one: Kept): void {
    const at = this.#kept.push(one) - 1;
    if (at * PAIR === this.#hashes.length) {
      const larger = new Int32Array(this.#hashes.length * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#write(at, one.copy);
  }

  /** What was written has been changed; false where it is not kept any more. */
  change(copy: Copy): boolean {
    const at = this.#kept.findLastIndex((one) => one.copy.id === copy.id);
    const known = at < this.#from ? undefined : this.#kept[at];
    if (!known) return false;
    known.copy = copy;
    this.#write(at, copy);
    return true;
  }

  dropFirst(): void {
    this.#from += 1;
    if (this.#from < SLACK) return;
    this.#kept.splice(0, this.#from);
    this.#hashes.copyWithin(0, this.#from * PAIR);
    this.#from = 0;
  }

  /**
   * Those that are nearly the same as a message, of its author alone or of anyone, whenever they were written: the latest of them, in the
   * order in which they came.
   */
  like(copy: Copy, by: 'author' | 'anyone'): readonly Kept[] {
    const found: Kept[] = [];
    const led = copy.print.links.length > 0 || copy.files.length > 0;
    const [one, two] = copy.print.text;
    const hashes = this.#hashes;
    for (let at = this.#kept.length - 1; at >= this.#from && found.length < MOST_ALIKE; at -= 1) {
      const far = ones((hashes[at * PAIR] ?? 0) ^ one) + ones((hashes[at * PAIR + 1] ?? 0) ^ two) > NEAR;
      if (far && !led) continue;
      const kept = this.#kept[at];
      if (!kept || (by === 'author' && kept.copy.author !== copy.author)) continue;
      if (isNear(copy, kept.copy)) found.push(kept);
    }
    return found.reverse();
  }

  #write(at: number, { print }: Copy): void {
    this.#hashes[at * PAIR] = print.text[0];
    this.#hashes[at * PAIR + 1] = print.text[1];
  }
}

/** The bits of 32 that are set. */
function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
