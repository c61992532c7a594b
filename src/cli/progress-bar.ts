const WIDTH = 30;
const EVERY_MS = 100;

/** How far something is, in one line of the terminal. Without a total it says only at the end how many there were. */
export class ProgressBar {
  readonly #total: number | undefined;
  readonly #began = performance.now();
  #done = 0;
  #drawn = 0;

  constructor(total: number | undefined) {
    this.#total = total;
  }

  add(count: number): void {
    this.#done += count;
    const now = performance.now();
    if (this.#total === undefined || now - this.#drawn < EVERY_MS) return;
    this.#drawn = now;
    process.stderr.write(`\r${progressLine(this.#done, this.#total, now - this.#began)}`);
  }

  end(): void {
    const cleared = this.#total === undefined ? '' : '\r\u001b[K';
    process.stderr.write(`${cleared}${this.#done} messages.\n`);
  }
}

/** `[######----] 60 % 600 of 1000, 300 a second`; more than was counted is all. */
export function progressLine(done: number, total: number, tookMs: number): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(part * WIDTH);
  const bar = `${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}`;
  const pace = Math.round((1_000 * done) / Math.max(1, tookMs));
  return `[${bar}] ${Math.floor(part * 100)} % ${done} of ${total}, ${pace} a second`;
}
