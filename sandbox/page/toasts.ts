import { h } from './element.ts';

const SHOWN_MS = 5_000;

/** Short words at the bottom of the page that go away by themselves. */
export class Toasts {
  readonly element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

  tell(text: string): void {
    const toast = h('div', { class: 'toast' }, text);
    this.element.append(toast);
    setTimeout(() => toast.remove(), SHOWN_MS);
  }
}
