/** A file in the making: pieces of the original one after another, and new ones. Nothing is copied before the end. */
export class Copy {
  readonly #from: Uint8Array;
  /** Where pieces of the original start and end, in turn: plain numbers, because a hostile file has a million of them. */
  readonly #places: number[] = [];
  /** New pieces, by the place before which they stand. */
  readonly #added = new Map<number, Uint8Array>();

  constructor(from: Uint8Array) {
    this.#from = from;
  }

  /** Takes over what stands from `start` to before `end`. */
  keep(start: number, end: number): void {
    const next = this.#places.length;
    if (next > 0 && this.#places[next - 1] === start && !this.#added.has(next)) this.#places[next - 1] = end;
    else this.#places.push(start, end);
  }

  /** Puts in something new. */
  add(bytes: Uint8Array): void {
    const next = this.#places.length;
    const before = this.#added.get(next);
    this.#added.set(next, before ? Buffer.concat([before, bytes]) : bytes);
  }

  /** Puts in something new before everything else. */
  prepend(bytes: Uint8Array): void {
    const first = this.#added.get(0);
    this.#added.set(0, first ? Buffer.concat([bytes, first]) : bytes);
  }

  get length(): number {
    let length = 0;
    for (const piece of this.#pieces()) length += piece.length;
    return length;
  }

  /** Whether it is anything else than the original. */
  get differs(): boolean {
    let at = 0;
    for (const piece of this.#pieces()) {
      const same = this.#from.subarray(at, at + piece.length);
      const original = piece.buffer === same.buffer && piece.byteOffset === same.byteOffset;
      if (!original && Buffer.compare(piece, same) !== 0) return true;
      at += piece.length;
    }
    return at !== this.#from.length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.#pieces()) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  *#pieces(): Generator<Uint8Array, void, undefined> {
    for (let at = 0; at <= this.#places.length; at += 2) {
      const added = this.#added.get(at);
      if (added) yield added;
      if (at < this.#places.length) yield this.#from.subarray(this.#places[at], this.#places[at + 1]);
    }
  }
}
