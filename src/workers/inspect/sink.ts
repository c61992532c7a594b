import { type Budget, LimitError } from './budget.ts';

const SLICE = 4_096;

/** Bytes that come out of a decoder, kept in one piece. Takes from the budget before it keeps anything. */
export class Sink {
  readonly #budget: Budget;
  readonly #most: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** How far the decoder has come in what was packed, in bytes; the decoder says so as it goes. */
  consumed = 0;
  #paid = 0;

  /** `expected` is what a stranger says will come; memory that is not written to costs nothing. `most` stands beside the budget. */
  constructor(budget: Budget, { expected, most = Number.MAX_SAFE_INTEGER }: { expected: number; most?: number }) {
    this.#budget = budget;
    this.#most = most;
    this.#bytes = new Uint8Array(Math.max(0, Math.min(expected, most, budget.left('bytesOut'))));
  }

  get length(): number {
    return this.#length;
  }

  /** Throws LimitError, keeping nothing of `chunk`, where it would be too much. */
  push(chunk: Uint8Array): void {
    this.#budget.checkTime();
    this.#make(chunk.length);
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /** One byte more. */
  byte(value: number): void {
    this.#make(1);
    this.#bytes[this.#length++] = value;
  }

  /** Repeats what came `distance` bytes ago, `length` bytes of it: the match of an LZ decoder. */
  repeat(distance: number, length: number): void {
    this.#make(length);
    const bytes = this.#bytes;
    const end = this.#length + length;
    for (let at = this.#length; at < end; at++) bytes[at] = bytes[at - distance] ?? 0;
    this.#length = end;
  }

  /** What came `distance` bytes ago; 0 where nothing was. */
  back(distance: number): number {
    return this.#bytes[this.#length - distance] ?? 0;
  }

  /** What came until now. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Pays for more than is needed at once, so that a byte at a time costs no look at the clock. */
  #make(room: number): void {
    const length = this.#length + room;
    if (length <= this.#paid) return;
    if (length > this.#most) throw new LimitError({ limit: 'bytesOut', allowed: this.#most, seen: length });
    const more = Math.min(SLICE, this.#most - this.#paid, this.#budget.left('bytesOut'));
    const price = Math.max(length - this.#paid, more);
    this.#budget.take('bytesOut', price);
    this.#paid += price;
    if (this.#paid <= this.#bytes.length) return;
    const doubled = Math.min(this.#bytes.length * 2, this.#paid + this.#budget.left('bytesOut'));
    const larger = new Uint8Array(Math.max(this.#paid, doubled));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
