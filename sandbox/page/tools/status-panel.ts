import { fill, h } from '../element.ts';
import type { Page } from '../page.ts';
import type { BotStatus } from '../protocol.ts';
import { CHARTS, Chart } from './charts.ts';

const MB = 1_048_576;

/** How the bot is doing, live: curves, and the acks of one's own interactions. */
export class StatusPanel {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #charts = CHARTS.map((spec) => new Chart(spec));
  readonly #state = h('p', { class: 'bot-state', role: 'status' });
  readonly #facts = h('dl', { class: 'facts' });
  readonly #acks = h('ol', { class: 'acks', 'aria-label': 'First answers to what you did' });

  constructor(page: Page) {
    this.#page = page;
    this.element = h(
      'div',
      { class: 'status-panel', role: 'tabpanel', 'aria-label': 'Bot status' },
      this.#state,
      this.#charts.map(({ element }) => element),
      this.#facts,
      h('h3', {}, 'Your interactions'),
      this.#acks,
    );
    this.#state.textContent = 'The bot has not said yet how it is.';
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.drawAcks();
  }

  add(status: BotStatus): void {
    for (const chart of this.#charts) chart.add(status);
    const { quick, bulk } = status.lanes;
    this.#state.textContent = status.ready ? 'The bot is ready.' : 'The bot is not ready.';
    this.#state.className = status.ready ? 'bot-state good' : 'bot-state bad';
    const facts: readonly (readonly [string, string | number])[] = [
      ['Stalls over 50 ms', status.loop.stalls],
      ['Tasks done', quick.done + bulk.done],
      ['Tasks failed', quick.failed + bulk.failed],
      ['Threads replaced', quick.restarts + bulk.restarts],
      ['Messages counted', status.messages?.counted ?? 0],
      ['Memory', `${Math.round(status.memory.resident / MB)} MB`],
      ['Up for', `${Math.round(status.uptimeMs / 1_000)} s`],
      ['Runs on', status.versions?.runtime ?? ''],
    ];
    fill(
      this.#facts,
      facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    );
  }

  draw(): void {
    for (const chart of this.#charts) chart.draw();
  }

  drawAcks(): void {
    const latest = this.#page.store.acks.slice(-10).reverse();
    if (latest.length === 0)
      return void fill(this.#acks, h('li', { class: 'muted' }, 'Run a command to see how fast it is answered.'));
    fill(
      this.#acks,
      latest.map(({ name, kind, ms }) =>
        h('li', {}, h('span', {}, name), h('span', { class: 'muted' }, kind), h('strong', {}, `${ms.toFixed(1)} ms`)),
      ),
    );
  }
}
