import { fill, h } from '../element.ts';
import type { Page } from '../page.ts';

interface Fault {
  readonly label: string;
  readonly detail: string;
  readonly body: object;
}

const FAULTS: readonly Fault[] = [
  { label: 'Cut the gateway', detail: 'the bot reconnects and resumes', body: { gateway: 'drop' } },
  { label: 'Ask to reconnect', detail: 'op 7', body: { gateway: 'reconnect' } },
  {
    label: 'Forget the session',
    detail: 'op 9: the bot starts a new one',
    body: { gateway: 'invalidSession', resumable: false },
  },
  { label: 'Stop answering heartbeats', detail: 'a zombie connection', body: { gateway: 'zombie' } },
  {
    label: 'REST answers 503',
    detail: 'for 5 seconds',
    body: { rest: '*', fault: { kind: 'status', status: 503 }, forMs: 5_000 },
  },
  {
    label: 'REST is slow',
    detail: '1 second late, for 20 seconds',
    body: { rest: '*', fault: { kind: 'slow', ms: 1_000 }, forMs: 20_000 },
  },
  { label: 'Discord is gone', detail: 'nothing gets through for 10 seconds', body: { refuse: 10_000 } },
];

const ASK_EVERY_MS = 500;

/** Things that a real server has without asking: crowds, floods, and a Discord that fails. */
export class LoadPanel {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #posted = h('p', { class: 'muted', role: 'status' });
  readonly #start: HTMLButtonElement;
  #rate = 0;
  #asking: ReturnType<typeof setInterval> | undefined;

  constructor(page: Page) {
    this.#page = page;
    this.#start = h('button', { type: 'submit', class: 'button primary' }, 'Start');
    this.element = h(
      'div',
      { class: 'load-panel', role: 'tabpanel', 'aria-label': 'Tools' },
      this.#joins(),
      this.#posting(),
      h('h3', {}, 'Make Discord fail'),
      h(
        'div',
        { class: 'faults' },
        FAULTS.map((fault) => this.#fault(fault)),
      ),
      h(
        'button',
        { class: 'button secondary', on: { click: () => this.#run({ clear: true }, 'Discord works again') } },
        'Make everything work again',
      ),
    );
  }

  #joins(): HTMLElement {
    const count = number('How many members join', 10, 1, 10_000);
    const form = h(
      'form',
      { class: 'tool' },
      h('h3', {}, 'Members join'),
      h('div', { class: 'tool-line' }, count, h('button', { type: 'submit', class: 'button primary' }, 'Join')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#page.attempt(async () => {
        await this.#page.client.join(Number(count.value));
        this.#page.tell(`${count.value} members joined`);
      });
    });
    return form;
  }

  #posting(): HTMLElement {
    const rate = number('Messages a second', 10, 1, 5_000);
    const form = h(
      'form',
      { class: 'tool' },
      h('h3', {}, 'Messages a second in this channel'),
      h('div', { class: 'tool-line' }, rate, this.#start),
      this.#posted,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#page.attempt(() => this.#post(this.#rate > 0 ? 0 : Number(rate.value)));
    });
    return form;
  }

  async #post(rate: number): Promise<void> {
    await this.#page.client.post(this.#page.store.current ?? 'general', rate);
    this.#rate = rate;
    this.#start.textContent = rate > 0 ? 'Stop' : 'Start';
    this.#start.className = rate > 0 ? 'button danger' : 'button primary';
    clearInterval(this.#asking);
    if (rate > 0) this.#asking = setInterval(() => this.#page.attempt(() => this.#count()), ASK_EVERY_MS);
    else await this.#count();
  }

  async #count(): Promise<void> {
    const { sent } = await this.#page.client.posted();
    fill(this.#posted, `${sent} sent`);
  }

  #fault({ label, detail, body }: Fault): HTMLElement {
    return h(
      'button',
      { class: 'fault', on: { click: () => this.#run(body, `${label}: done`) } },
      h('strong', {}, label),
      h('span', { class: 'muted' }, detail),
    );
  }

  #run(body: object, said: string): void {
    this.#page.attempt(async () => {
      await this.#page.client.fault(body);
      this.#page.tell(said);
    });
  }
}

function number(label: string, value: number, min: number, max: number): HTMLInputElement {
  const input = h('input', { type: 'number', 'aria-label': label, min, max, required: true });
  input.value = String(value);
  return input;
}
