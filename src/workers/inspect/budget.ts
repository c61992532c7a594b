import { type Static, Type } from '@sinclair/typebox';
import { BotError } from '../../lib/errors.ts';
import { threadWorked } from '../../lib/thread-worked.ts';
import type { LimitHit } from './report.ts';

/** What opening one file may cost, nested files included. */
export const Limits = Type.Object({
  /** Bytes that may come out of everything that is unpacked or decoded. */
  bytesOut: Type.Integer({ default: 64_000_000 }),
  /** Entries over all archives. */
  entries: Type.Integer({ default: 20_000 }),
  /** Archives in archives. */
  depth: Type.Integer({ default: 3 }),
  /** Pixels decoded over all frames and pictures. */
  pixels: Type.Integer({ default: 16_000_000 }),
  /** Pixels of those too many for that which are seen by the row, or at an eighth of their size: they cost time and hardly memory. */
  roughPixels: Type.Integer({ default: 64_000_000 }),
  frames: Type.Integer({ default: 1_000 }),
  pages: Type.Integer({ default: 50 }),
  rows: Type.Integer({ default: 1_000_000 }),
  /** Milliseconds of work. */
  milliseconds: Type.Integer({ default: 1_500 }),
});
export type Limits = Static<typeof Limits>;

/** Enough for a few lines: what the samples of tasks are opened with. */
export const FEW: Limits = {
  bytesOut: 1_000_000,
  entries: 10,
  depth: 1,
  pixels: 10_000,
  roughPixels: 10_000,
  frames: 10,
  pages: 10,
  rows: 1_000,
  milliseconds: 1_000,
};

/** Looks at so many entries of an archive for so long, and unpacks nothing. */
export function glance(entries: number, milliseconds: number): Budget {
  const nothing = { bytesOut: 0, depth: 0, pixels: 0, roughPixels: 0, frames: 0, pages: 0, rows: 0 };
  return new Budget({ ...nothing, entries, milliseconds });
}

/** Those that are told when they are reached: where a rough look would be too much, a limit has been reached before. */
export type LimitName = Exclude<keyof Limits, 'roughPixels'>;

/** Thrown where the next step would cost more than is allowed; the opener reports what it has seen until then. */
export class LimitError extends BotError {
  readonly hit: LimitHit;

  constructor(hit: LimitHit) {
    super(`over the limit of ${hit.allowed} ${hit.limit}`);
    this.hit = hit;
  }
}

export interface BudgetOptions {
  /** Milliseconds that have passed, as `performance.now` counts them. */
  readonly now?: () => number;
  /** Milliseconds that this thread has had a core for; what has passed, where that is given and this is not. */
  readonly worked?: () => number;
  /** Called in the midst of the work, whenever a tenth of a second of it has passed, less often where that takes long. */
  readonly tidy?: () => void;
}

const TIDY_MS = 100;
/** Where there is much to be looked through, tidying up takes long: the work gets so many times as much before the next. */
const TIDY_SHARE = 9;
/** So many bytes left behind are tidied up sooner, and then the work gets this share before the next. */
const MUCH_LITTER = 24_000_000;
const LITTER_SHARE = 2;
/** How much longer the work may last than it takes: its thread steps behind everybody else's on a busy machine. */
const LONGEST_WAIT_MS = 5_000;

/** Hands out what a file may cost. One budget serves a file and everything in it. */
export class Budget {
  readonly limits: Limits;
  readonly #now: () => number;
  readonly #worked: () => number;
  readonly #tidy: (() => void) | undefined;
  readonly #latest: number;
  readonly #workedBefore: number;
  /** Before this the time cannot be up. */
  #until: number;
  #tidyAt: number;
  #litter = 0;
  /** Before this nothing is tidied up, however much there is. */
  #restUntil = 0;
  #roughPixels = 0;
  readonly #spent: Record<LimitName, number> = {
    bytesOut: 0,
    entries: 0,
    depth: 0,
    pixels: 0,
    frames: 0,
    pages: 0,
    rows: 0,
    milliseconds: 0,
  };

  constructor(limits: Limits, { now, worked = now ?? threadWorked, tidy }: BudgetOptions = {}) {
    this.limits = limits;
    this.#now = now ?? (() => performance.now());
    this.#worked = worked;
    this.#tidy = tidy;
    const began = this.#now();
    this.#until = began + limits.milliseconds;
    this.#latest = this.#until + LONGEST_WAIT_MS;
    this.#workedBefore = worked();
    this.#tidyAt = began + TIDY_MS;
  }

  /** Takes `amount` before it is spent, or throws LimitError and takes nothing. Looks at the clock as well. */
  take(limit: Exclude<LimitName, 'milliseconds' | 'depth'>, amount: number): void {
    this.checkTime();
    const seen = this.#spent[limit] + amount;
    if (seen > this.limits[limit]) throw new LimitError({ limit, allowed: this.limits[limit], seen });
    this.#spent[limit] = seen;
  }

  /** What has been taken of one limit. */
  spent(limit: Exclude<LimitName, 'milliseconds' | 'depth'>): number {
    return this.#spent[limit];
  }

  /** What is left of one limit. */
  left(limit: Exclude<LimitName, 'milliseconds' | 'depth'>): number {
    return this.limits[limit] - this.#spent[limit];
  }

  /** Takes pixels for a rough look, and bytes for what it keeps of them; false, and takes nothing, where it would be too much. */
  takeRoughly({ pixels, bytesOut }: { readonly pixels: number; readonly bytesOut: number }): boolean {
    const seen = this.#roughPixels + pixels;
    if (seen > this.limits.roughPixels || bytesOut > this.left('bytesOut')) return false;
    this.take('bytesOut', bytesOut);
    this.#roughPixels = seen;
    return true;
  }

  /** Whether both could be taken. */
  covers({ pixels, bytesOut }: { readonly pixels: number; readonly bytesOut: number }): boolean {
    return pixels <= this.left('pixels') && bytesOut <= this.left('bytesOut');
  }

  /** How much of the limit that is used up most has been used: from 0 to 1, or a little more of the time. */
  used(): number {
    const { bytesOut, pages } = this.limits;
    return Math.max(this.usedTime(), this.#spent.bytesOut / bytesOut, this.#spent.pages / pages);
  }

  /** The same of the time alone. */
  usedTime(): number {
    return (this.#worked() - this.#workedBefore) / this.limits.milliseconds;
  }

  checkDepth(depth: number): void {
    if (depth > this.limits.depth) throw new LimitError({ limit: 'depth', allowed: this.limits.depth, seen: depth });
  }

  /** Throws LimitError when the time is up: call it in every loop over a stranger's data. */
  checkTime(): void {
    const now = this.#now();
    if (now > this.#until) this.#checkWork(now);
    if (now >= this.#tidyAt) this.#tidyUp(now);
  }

  /** Says that about so many bytes of memory were used and are of no more use. */
  litter(bytes: number): void {
    this.#litter += bytes;
    if (this.#litter < MUCH_LITTER) return;
    const now = this.#now();
    if (now >= this.#restUntil) this.#tidyUp(now);
  }

  #tidyUp(now: number): void {
    if (!this.#tidy) return;
    this.#tidy();
    const after = this.#now();
    this.#litter = 0;
    this.#restUntil = after + LITTER_SHARE * (after - now);
    this.#tidyAt = after + Math.max(TIDY_MS, TIDY_SHARE * (after - now));
  }

  /** Time in which the thread stood waiting for a core is not held against the file. */
  #checkWork(now: number): void {
    const { milliseconds } = this.limits;
    const worked = this.#worked() - this.#workedBefore;
    if (worked >= milliseconds || now > this.#latest) {
      throw new LimitError({
        limit: 'milliseconds',
        allowed: milliseconds,
        seen: Math.ceil(Math.max(worked, milliseconds)),
      });
    }
    this.#until = Math.min(now + milliseconds - worked, this.#latest);
  }
}
