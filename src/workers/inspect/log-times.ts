/** Times as logs write them: ISO, web servers, syslog, the time of day alone, and the kernel's seconds since its start. */
export const TIME =
  /\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?|\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?|\b[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}\b|\b\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b|^\[ {0,6}\d{1,7}\.\d{6}\]/;

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds on a clock of its own kind: only times of one log can be compared with each other. NaN when it is none. */
export function millisecondsOf(time: string): number {
  if (time.startsWith('[')) return Number(time.slice(1, -1)) * 1_000;
  if (time[2] === ':') return clock(time);
  if (time[2] === '/') {
    const [day, month, year] = [Number(time.slice(0, 2)), monthOf(time.slice(3, 6)), Number(time.slice(7, 11))];
    return Date.UTC(year, month, day) + clock(time.slice(12, 20)) - offsetOf(time.slice(20));
  }
  if (time[3] === ' ')
    return Date.UTC(2000, monthOf(time.slice(0, 3)), Number(time.slice(4, 6))) + clock(time.slice(7));
  const date = Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)) - 1, Number(time.slice(8, 10)));
  const zone = /(?:Z|[+-]\d{2}:?\d{2})$/.exec(time)?.[0] ?? '';
  return date + clock(time.slice(11, time.length - zone.length)) - offsetOf(zone);
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name) / 3;
}

/** `10:00`, `10:00:00`, `10:00:00.123`. */
function clock(text: string): number {
  const seconds = text.length > 5 ? Number(text.slice(6).replace(',', '.')) : 0;
  return Number(text.slice(0, 2)) * HOUR + Number(text.slice(3, 5)) * 60_000 + seconds * 1_000;
}

function offsetOf(zone: string): number {
  const found = /([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!found) return 0;
  const [, sign, hours, minutes] = found;
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
}

const FINE = 192;
const BARS = 24;
const SIGNS = '▁▂▃▄▅▆▇█';

/** How many errors there were when: counted in intervals that widen as the log goes on, so that memory is bounded. */
export class Timeline {
  readonly #counts = new Float64Array(FINE);
  #from = Number.NaN;
  #to = Number.NaN;
  #step = 1_000;

  /** A line of the log at this time. */
  seen(at: number): void {
    if (Number.isNaN(at)) return;
    if (Number.isNaN(this.#from)) {
      this.#from = at;
      this.#to = at;
    } else if (at > this.#to) this.#to = at;
  }

  error(at: number): void {
    if (Number.isNaN(at) || Number.isNaN(this.#from)) return;
    while (at - this.#from >= this.#step * FINE && this.#step < 1e15) this.#widen();
    const index = Math.max(0, Math.min(FINE - 1, Math.floor((at - this.#from) / this.#step)));
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** A bar for each interval from the first time to the last; nothing when the log is of one moment, or knows no error. */
  facts(): { readonly bars: string; readonly stepMs: number; readonly most: number } | undefined {
    const span = this.#to - this.#from;
    const any = this.#counts.some((count) => count > 0);
    if (!(span >= 1_000) || !any) return undefined;
    while (span >= this.#step * FINE) this.#widen();
    const used = Math.max(1, Math.ceil((span + 1) / this.#step));
    const each = Math.ceil(used / BARS);
    const sums = Array.from({ length: Math.ceil(used / each) }, (_, bar) =>
      this.#counts.subarray(bar * each, (bar + 1) * each).reduce((sum, count) => sum + count, 0),
    );
    const most = Math.max(...sums);
    return { bars: sums.map((sum) => barOf(sum, most)).join(''), stepMs: each * this.#step, most };
  }

  #widen(): void {
    for (let index = 0; index < FINE; index++) {
      const [left = 0, right = 0] = index < FINE / 2 ? [this.#counts[index * 2], this.#counts[index * 2 + 1]] : [];
      this.#counts[index] = left + right;
    }
    this.#step *= 2;
  }
}

/** No error is the lowest bar, one error is the next. */
function barOf(sum: number, most: number): string {
  const height = sum === 0 ? 0 : 1 + Math.round((sum / most) * (SIGNS.length - 2));
  return SIGNS[height] ?? '█';
}

/** `250 ms`, `10 s`, `5 min`, `2 h`, `3 d`. */
export function durationOf(milliseconds: number): string {
  const [unit, size] = (
    [
      ['d', DAY],
      ['h', HOUR],
      ['min', 60_000],
      ['s', 1_000],
    ] as const
  ).find(([, one]) => milliseconds >= one) ?? ['ms', 1];
  return `${Math.round((milliseconds / size) * 10) / 10} ${unit}`;
}
