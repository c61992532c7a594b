import { h, icon } from '../element.ts';
import { ICONS } from '../icons.ts';
import type { Page } from '../page.ts';
import { focusedIn } from '../roving.ts';
import type { Change } from '../store.ts';
import { LoadPanel } from './load-panel.ts';
import { StatusPanel } from './status-panel.ts';

/** The drawer of what Discord does not have: the bot's inner life, and what to put it through. */
export class Tools {
  readonly element: HTMLElement;
  readonly #status: StatusPanel;
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #panels: readonly HTMLElement[];

  constructor(page: Page, onClose: () => void) {
    this.#status = new StatusPanel(page);
    this.#panels = [this.#status.element, new LoadPanel(page).element];
    this.#tabs = ['Bot status', 'Tools'].map((name, at) =>
      h('button', { role: 'tab', on: { click: () => this.show(at) } }, name),
    );
    const close = h(
      'button',
      { class: 'icon-button', 'aria-label': 'Close tools', on: { click: onClose } },
      icon(ICONS.close, 20),
    );
    this.element = h(
      'aside',
      { class: 'tools', 'aria-label': 'Sandbox tools' },
      h(
        'header',
        { class: 'bar' },
        h('div', { class: 'tabs', role: 'tablist', on: { keydown: (event) => this.#key(event) } }, this.#tabs),
        close,
      ),
      h('div', { class: 'tools-body' }, this.#panels),
    );
    this.show(0);
  }

  show(which: number): void {
    for (const [at, tab] of this.#tabs.entries()) {
      tab.setAttribute('aria-selected', String(at === which));
      tab.tabIndex = at === which ? 0 : -1;
    }
    for (const [at, panel] of this.#panels.entries()) panel.hidden = at !== which;
    this.#status.draw();
  }

  hear(change: Change): void {
    if (change.kind === 'status') this.#status.add(change.status);
    else if (change.kind === 'ack') this.#status.drawAcks();
  }

  #key({ key }: KeyboardEvent): void {
    if (key !== 'ArrowRight' && key !== 'ArrowLeft') return;
    const at = focusedIn(this.#tabs);
    const to = (at + 1) % this.#tabs.length;
    this.show(to);
    this.#tabs[to]?.focus();
  }
}
