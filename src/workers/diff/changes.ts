import type { Lines } from './lines.ts';

/** Lines `oldFrom` up to `oldTo` of the one become lines `newFrom` up to `newTo` of the other; both counted from 0. */
export interface Change {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

type Range = Change;

/** The search for the fewest changes takes memory by the square of this. */
const MOST_EDITS = 1_000;
/** Steps between two looks at the clock. */
const TICK = 65_536;

/**
 * What has changed, in order. Lines that stand once in each text are held fast first, as people would; between them the
 * fewest changes are looked for. Where that would take too long the lines in between count as replaced: still true, only
 * longer than need be. `over` says that the time is up.
 */
export class Changes {
  readonly #old: Int32Array;
  readonly #new: Int32Array;
  readonly #over: () => boolean;
  readonly #found: Change[] = [];
  #fewest = true;
  #steps = 0;

  constructor(before: Lines, after: Lines, over: () => boolean) {
    this.#old = before.ids;
    this.#new = after.ids;
    this.#over = over;
  }

  run(): { readonly changes: readonly Change[]; readonly fewest: boolean } {
    const whole = { oldFrom: 0, oldTo: this.#old.length, newFrom: 0, newTo: this.#new.length };
    const inside = this.#trim(whole);
    for (const range of this.#between(inside)) this.#compare(this.#trim(range));
    return { changes: joined(this.#found), fewest: this.#fewest };
  }

  /** Without what is the same at both ends. */
  #trim({ oldFrom, oldTo, newFrom, newTo }: Range): Range {
    const [old, fresh] = [this.#old, this.#new];
    let [a, b, c, d] = [oldFrom, oldTo, newFrom, newTo];
    while (a < b && c < d && old[a] === fresh[c]) {
      a++;
      c++;
    }
    while (b > a && d > c && old[b - 1] === fresh[d - 1]) {
      b--;
      d--;
    }
    return { oldFrom: a, oldTo: b, newFrom: c, newTo: d };
  }

  /** The parts between lines that stand once in each, in the longest order that both have. */
  *#between(range: Range): Generator<Range, void, undefined> {
    let { oldFrom, newFrom } = range;
    for (const [old, fresh] of longestOrder(this.#singles(range))) {
      if (old > oldFrom || fresh > newFrom) yield { oldFrom, oldTo: old, newFrom, newTo: fresh };
      oldFrom = old + 1;
      newFrom = fresh + 1;
    }
    yield { oldFrom, oldTo: range.oldTo, newFrom, newTo: range.newTo };
  }

  #singles({ oldFrom, oldTo, newFrom, newTo }: Range): [old: number, fresh: number][] {
    const places = new Map<number, { old: number; fresh: number }>();
    for (let at = oldFrom; at < oldTo; at++) {
      const id = this.#old[at] ?? 0;
      const place = places.get(id);
      if (place) place.old = -1;
      else places.set(id, { old: at, fresh: -2 });
    }
    for (let at = newFrom; at < newTo; at++) {
      const place = places.get(this.#new[at] ?? 0);
      if (place) place.fresh = place.fresh === -2 ? at : -1;
    }
    return [...places.values()]
      .filter(({ old, fresh }) => old >= 0 && fresh >= 0)
      .map(({ old, fresh }) => [old, fresh]);
  }

  #compare(range: Range): void {
    const { oldFrom, oldTo, newFrom, newTo } = range;
    if (oldFrom === oldTo && newFrom === newTo) return;
    const replaced = oldFrom === oldTo || newFrom === newTo || this.#nothingShared(range);
    if (replaced || !this.#search(range)) this.#found.push(range);
  }

  #nothingShared({ oldFrom, oldTo, newFrom, newTo }: Range): boolean {
    const known = new Set(this.#old.subarray(oldFrom, oldTo));
    return !this.#new.subarray(newFrom, newTo).some((id) => known.has(id));
  }

  /** Myers: the fewest changes by trying none, one, two … False when they would be too many, or the time is up. */
  #search({ oldFrom, oldTo, newFrom, newTo }: Range): boolean {
    const [n, m] = [oldTo - oldFrom, newTo - newFrom];
    const most = Math.min(n + m, MOST_EDITS);
    const furthest = new Int32Array(2 * most + 3);
    const history: Int32Array[] = [];
    for (let edits = 0; edits <= most; edits++) {
      history.push(furthest.slice(most + 1 - edits, most + 2 + edits));
      for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
        const [below = 0, above = 0] = [furthest[most + diagonal], furthest[most + 2 + diagonal]];
        let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
        const start = x;
        while (x < n && x - diagonal < m && this.#old[oldFrom + x] === this.#new[newFrom + x - diagonal]) x++;
        furthest[most + 1 + diagonal] = x;
        this.#steps += x - start + 1;
        if (x >= n && x - diagonal >= m) {
          this.#collect(history, { oldFrom, oldTo, newFrom, newTo });
          return true;
        }
      }
      if (this.#steps > TICK) {
        this.#steps = 0;
        if (this.#over()) break;
      }
    }
    this.#fewest = false;
    return false;
  }

  /** Back from the end, an edit at a time. */
  #collect(history: readonly Int32Array[], { oldFrom, oldTo, newFrom, newTo }: Range): void {
    const changes: Change[] = [];
    let [x, y] = [oldTo - oldFrom, newTo - newFrom];
    for (let edits = history.length - 1; edits > 0; edits--) {
      const before = history[edits] ?? new Int32Array();
      const at = (diagonal: number) => before[diagonal + edits] ?? 0;
      const diagonal = x - y;
      const inserted = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      const startX = inserted ? at(diagonal + 1) : at(diagonal - 1);
      const startY = startX - (inserted ? diagonal + 1 : diagonal - 1);
      const [old, fresh] = [oldFrom + startX, newFrom + startY];
      changes.push({
        oldFrom: old,
        oldTo: inserted ? old : old + 1,
        newFrom: fresh,
        newTo: inserted ? fresh + 1 : fresh,
      });
      [x, y] = [startX, startY];
    }
    this.#found.push(...changes.reverse());
  }
}

/** Changes that touch each other are one. */
function joined(changes: readonly Change[]): Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last && last.oldTo === change.oldFrom && last.newTo === change.newFrom) {
      result[result.length - 1] = { ...last, oldTo: change.oldTo, newTo: change.newTo };
    } else result.push(change);
  }
  return result;
}

/** The most pairs of which both numbers rise; they come sorted by the first. */
function longestOrder(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, fresh]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < fresh) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  }
  const chain: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}
