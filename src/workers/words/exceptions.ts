/** The places of a text in which what is found does not count, by scope. */
export class Exceptions {
  readonly #length: number;
  /** By scope and place: the furthest end of those that begin there. */
  readonly #ends = new Map<number, Int32Array>();
  /** The same of those that begin there or before; made when it is first asked for. */
  readonly #reached = new Map<number, Int32Array>();

  /** `length` is the text's. Nothing is added after the first question. */
  constructor(length: number) {
    this.#length = length;
  }

  add(scope: number, from: number, to: number): void {
    const ends = this.#ends.get(scope) ?? new Int32Array(this.#length + 1);
    this.#ends.set(scope, ends);
    ends[from] = Math.max(ends[from] ?? 0, to);
  }

  /** Whether a place lies within one of them. */
  hold(scope: number, from: number, to: number): boolean {
    const reached = this.#reached.get(scope) ?? this.#reach(scope);
    return reached !== undefined && (reached[from] ?? 0) >= to;
  }

  #reach(scope: number): Int32Array | undefined {
    const reached = this.#ends.get(scope)?.slice();
    if (!reached) return undefined;
    for (let at = 1; at < reached.length; at++) reached[at] = Math.max(reached[at] ?? 0, reached[at - 1] ?? 0);
    this.#reached.set(scope, reached);
    return reached;
  }
}
