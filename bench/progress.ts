/** Where progress is shown: a terminal, or anything that text can be written to. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
const CLEAR_LINE = '\r\u001b[2K';

/** How far a run is, in one line below what it says. Where there is no terminal only what it says is written. */
export class Progress implements Disposable {
  readonly #screen: Screen;
  readonly #planned: number;
  #passed = 0;

  /** `planned` in seconds. */
  constructor(screen: Screen, planned: number) {
    this.#screen = screen;
    this.#planned = planned;
  }

  say(text: string): void {
    this.#clear();
    this.#screen.write(`${text}\n`);
    this.#draw();
  }

  passed(seconds: number): void {
    this.#passed += seconds;
    this.#clear();
    this.#draw();
  }

  [Symbol.dispose](): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#screen.isTTY) this.#screen.write(CLEAR_LINE);
  }

  #draw(): void {
    if (this.#screen.isTTY) this.#screen.write(barOf(this.#passed, this.#planned));
  }
}

/** `[######----] 60 %, about 2:00 left` */
export function barOf(passed: number, planned: number): string {
  const share = planned > 0 ? Math.min(1, passed / planned) : 1;
  const full = Math.round(share * WIDTH);
  const left = Math.max(0, Math.round(planned - passed));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${Math.floor(share * 100)} %, about ${clock} left`;
}
