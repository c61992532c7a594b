/** So near the end, in pixels, is at the end. */
const NEAR = 80;

/** Keeps a list scrolled to its end while it grows, until the reader scrolls up; from the end on, it is kept again. */
export class EndKeeper {
  held = true;
  readonly #scroller: HTMLElement;
  #before = 0;

  constructor(scroller: HTMLElement, content: HTMLElement, onScroll: (top: number) => void) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => onScroll(this.#scrolled()), { passive: true });
    const observer = new ResizeObserver(() => this.keep());
    observer.observe(scroller);
    observer.observe(content);
  }

  /** Goes to the end, unless the reader is elsewhere. */
  keep(): void {
    if (!this.held) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#before = this.#scroller.scrollTop;
  }

  /** Content that grows by itself moves nobody: only scrolling up lets go of the end. */
  #scrolled(): number {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.held = true;
    else if (scrollTop < this.#before) this.held = false;
    this.#before = scrollTop;
    return scrollTop;
  }
}
