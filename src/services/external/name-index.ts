/** Names in order, to be offered while somebody types. Small enough for the main thread: thousands of names, microseconds. */
export class NameIndex {
  readonly #names: readonly string[];

  /** In order, set apart by line breaks. */
  constructor(names: string) {
    this.#names = names === '' ? [] : names.split('\n');
  }

  /** Those that begin with what is typed, then those that have it elsewhere; at most `most`. */
  like(typed: string, most: number): readonly string[] {
    const first = this.#firstFrom(typed);
    const beginning = this.#names.slice(first, first + most).filter((name) => name.startsWith(typed));
    return [...beginning, ...this.#inside(typed, most - beginning.length)];
  }

  #inside(typed: string, most: number): readonly string[] {
    const found: string[] = [];
    if (typed === '') return found;
    for (const name of this.#names) {
      if (found.length === most) break;
      if (name.includes(typed) && !name.startsWith(typed)) found.push(name);
    }
    return found;
  }

  #firstFrom(text: string): number {
    let [low, high] = [0, this.#names.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#names[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
