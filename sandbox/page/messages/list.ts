import '@skyra/discord-components-core/discord-messages.js';
import type { APIMessage } from 'discord-api-types/v10';
import { fill, h } from '../element.ts';
import type { Page } from '../page.ts';
import { NO_TEXT } from '../sidebar.ts';
import type { Change } from '../store.ts';
import { dayOf } from '../times.ts';
import { drawEditor } from './editor.ts';
import { EndKeeper } from './end-keeper.ts';
import { refreshTimestamps } from './markup.ts';
import { drawMessage, follows } from './message.ts';
import { drawNotice, type Notice } from './notice.ts';
import { readable } from './readable.ts';
import { moveInList } from './row-keys.ts';
import { openRowMenu } from './row-menu.ts';

/** How many messages are drawn at most; older ones are drawn again when one scrolls up to them. */
const DRAWN = 100;
/** For a reader who has scrolled up. */
const MOST_DRAWN = 400;
const ANNOUNCE_EVERY_MS = 1_000;

/** The messages of the open channel. Redraws what changed, once a frame, however many messages come. */
export class MessageList {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #rows = h('discord-messages', {
    class: 'rows',
    'no-background': true,
    role: 'log',
    'aria-live': 'off',
    'aria-label': 'Messages',
  });
  readonly #head = h('div', { class: 'channel-start' });
  readonly #notices = h('div', { class: 'notices' });
  readonly #jump: HTMLElement;
  readonly #live = h('div', { class: 'sr-only', 'aria-live': 'polite' });
  readonly #scroller: HTMLElement;
  readonly #end: EndKeeper;
  readonly #dirty = new Set<string>();
  #scheduled = false;
  #loading = false;
  #ended = new Set<string>();
  #editing: string | undefined;
  #announcedAt = 0;

  constructor(page: Page) {
    this.#page = page;
    this.#scroller = h('div', { class: 'scroller', tabindex: -1 }, this.#head, this.#rows, this.#notices);
    this.#jump = h(
      'button',
      { class: 'jump', hidden: true, on: { click: () => this.toBottom() } },
      'Jump to the newest messages',
    );
    this.element = h('div', { class: 'messages' }, this.#scroller, this.#jump, this.#live);
    this.#end = new EndKeeper(this.#scroller, this.#rows, (top) => this.#scrolled(top));
    this.#rows.addEventListener('keydown', (event) => moveInList(page, event));
    this.#rows.addEventListener('contextmenu', (event) => openRowMenu(page, event));
    setInterval(() => refreshTimestamps(this.#rows), 5_000);
  }

  set lightTheme(light: boolean) {
    this.#rows.lightTheme = light;
  }

  /** Draws the channel anew. */
  show(): void {
    this.#editing = undefined;
    this.#end.held = true;
    fill(this.#notices);
    this.#redraw();
    const { current, loaded, channels } = this.#page.store;
    const type = channels.get(current ?? '')?.type;
    if (type !== undefined && !NO_TEXT.includes(type) && !loaded.has(current ?? '')) this.#loadOlder();
  }

  hear(change: Change): void {
    if (change.kind === 'history' && change.channel === this.#page.store.current) this.#redraw();
    if ((change.kind !== 'message' && change.kind !== 'message-gone') || change.channel !== this.#page.store.current)
      return;
    this.#dirty.add(change.id);
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#flush());
  }

  edit(id: string | undefined): void {
    const before = this.#editing;
    this.#editing = id;
    for (const one of [before, id]) if (one !== undefined) this.#dirty.add(one);
    this.#flush();
    if (id === undefined) this.#page.focusComposer();
  }

  jumpTo(id: string): void {
    const item = this.#item(id);
    if (!item) return void this.#page.tell('This message is not loaded');
    item.scrollIntoView({ block: 'center' });
    item.querySelector<HTMLElement>('.row')?.focus({ preventScroll: true });
  }

  notice(notice: Notice): () => void {
    const element = drawNotice(this.#page, notice, () => element.remove());
    this.#notices.append(element);
    this.#end.keep();
    return () => element.remove();
  }

  toBottom(): void {
    this.#end.held = true;
    this.#jump.hidden = true;
    this.#redraw();
  }

  #item(id: string): HTMLElement | null {
    return this.#rows.querySelector<HTMLElement>(`:scope > [data-item="${CSS.escape(id)}"]`);
  }

  #shown(): APIMessage[] {
    const all = this.#page.store.history(this.#page.store.current ?? '');
    return this.#end.held ? all.slice(-DRAWN) : all;
  }

  #redraw(): void {
    this.#dirty.clear();
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    const shown = this.#shown();
    this.#rows.replaceChildren(...shown.map((message, at) => this.#draw(message, shown[at - 1])));
    this.#drawHead();
    this.#markTabStop();
    if (this.#end.held) this.#end.keep();
    else this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
  }

  #drawHead(): void {
    const { store } = this.#page;
    const channel = store.channels.get(store.current ?? '');
    const atStart =
      this.#ended.has(channel?.id ?? '') && this.#shown().length === store.history(channel?.id ?? '').length;
    this.#head.hidden = !atStart || !channel;
    if (!channel) return;
    const name = channel.name ?? channel.recipients?.map(({ id }) => this.#page.names.user(id)).join(', ') ?? '';
    fill(
      this.#head,
      h('h2', {}, channel.name ? `Welcome to #${name}!` : name),
      h(
        'p',
        {},
        channel.name
          ? `This is the start of the #${name} channel.`
          : `This is the beginning of your direct messages with ${name}.`,
      ),
    );
  }

  /** One frame's changes: rows are replaced where they stand, new ones appended, and the oldest taken away. */
  #flush(): void {
    this.#scheduled = false;
    const ids = [...this.#dirty];
    this.#dirty.clear();
    const shown = this.#shown();
    const places = new Map(shown.map(({ id }, at) => [id, at]));
    let newest: APIMessage | undefined;
    for (const id of ids) {
      const at = places.get(id);
      const item = this.#item(id);
      const message = at === undefined ? undefined : shown[at];
      if (!message || at === undefined) {
        const next = item?.nextElementSibling;
        item?.remove();
        const below = next instanceof HTMLElement ? places.get(next.dataset.item ?? '') : undefined;
        if (below !== undefined) this.#replace(shown, below);
      } else if (item) this.#replace(shown, at);
      else if (places.get(this.#lastDrawn() ?? '') !== undefined && at < (places.get(this.#lastDrawn() ?? '') ?? 0))
        return void this.#redraw();
      else {
        this.#rows.append(this.#draw(message, shown[at - 1]));
        newest = message;
      }
    }
    this.#after(newest);
  }

  #lastDrawn(): string | undefined {
    const last = this.#rows.lastElementChild;
    return last instanceof HTMLElement ? last.dataset.item : undefined;
  }

  #after(newest: APIMessage | undefined): void {
    if (newest && !this.#end.held && newest.author.id === this.#page.store.me?.id) this.toBottom();
    if (newest && !this.#end.held) this.#jump.hidden = false;
    this.#trim();
    this.#markTabStop();
    if (newest) this.#announce(newest);
  }

  /** Rows that fell out of sight go; for a reader further up, what is seen stays where it is. */
  #trim(): void {
    const before = this.#scroller.scrollHeight;
    const most = this.#end.held ? DRAWN : MOST_DRAWN;
    while (this.#rows.childElementCount > most) this.#rows.firstElementChild?.remove();
    if (this.#end.held) this.#end.keep();
    else this.#scroller.scrollTop -= before - this.#scroller.scrollHeight;
  }

  #replace(shown: readonly APIMessage[], at: number): void {
    const message = shown[at];
    const item = message && this.#item(message.id);
    if (!item) return;
    const fresh = this.#draw(message, shown[at - 1]);
    const focused = item.contains(document.activeElement) ? document.activeElement : null;
    item.replaceWith(fresh);
    if (focused instanceof HTMLElement) refocus(item, fresh, focused);
  }

  #draw(message: APIMessage, before: APIMessage | undefined): HTMLElement {
    const newDay = !before || new Date(before.timestamp).toDateString() !== new Date(message.timestamp).toDateString();
    const grouped = follows(message, before);
    const row = drawMessage(this.#page, message, grouped);
    if (this.#editing === message.id)
      row
        .querySelector('discord-message')
        ?.replaceChildren(drawEditor(this.#page, message, () => this.edit(undefined)));
    const day = newDay && h('div', { class: 'day', role: 'separator' }, h('span', {}, dayOf(message.timestamp)));
    return h('div', { class: grouped ? 'item grouped' : 'item', 'data-item': message.id }, day, row);
  }

  /** One row can be reached with Tab, the others from there with the arrows. */
  #markTabStop(): void {
    for (const row of this.#rows.querySelectorAll<HTMLElement>('.row[tabindex="0"]')) row.tabIndex = -1;
    const last = this.#rows.lastElementChild?.querySelector<HTMLElement>('.row');
    if (last) last.tabIndex = 0;
  }

  #announce(message: APIMessage): void {
    const now = Date.now();
    if (now - this.#announcedAt < ANNOUNCE_EVERY_MS || message.author.id === this.#page.store.me?.id) return;
    this.#announcedAt = now;
    this.#live.textContent = `${this.#page.names.user(message.author.id)}: ${readable(message).slice(0, 200)}`;
  }

  #scrolled(top: number): void {
    if (this.#end.held) this.#jump.hidden = true;
    else if (top < 200) this.#loadOlder();
  }

  #loadOlder(): void {
    const { current } = this.#page.store;
    if (current === undefined || this.#loading || this.#ended.has(current)) return;
    const drawn = this.#rows.childElementCount;
    if (drawn < this.#page.store.history(current).length) return void this.#redraw();
    this.#loading = true;
    this.#page.attempt(async () => {
      try {
        const first = this.#page.store.history(current).find(({ flags }) => ((flags ?? 0) & 64) === 0);
        const count = await this.#page.client.history(current, first?.id);
        if (count < 50) this.#ended.add(current);
        if (current === this.#page.store.current) this.#drawHead();
      } finally {
        this.#loading = false;
      }
    });
  }

  /** What the store forgot on a reset has to be asked for again. */
  forget(): void {
    this.#ended = new Set();
  }
}

/** A row drawn anew keeps the focus on what had it: the same button, the one in its place, or the row itself. */
function refocus(before: HTMLElement, after: HTMLElement, focused: HTMLElement): void {
  const key = focused.dataset.focus;
  const same = key === undefined ? null : after.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
  const place = [...before.querySelectorAll('.button, .select')].indexOf(focused);
  const inPlace = place < 0 ? undefined : after.querySelectorAll<HTMLElement>('.button, .select')[place];
  const target =
    same ?? inPlace ?? after.querySelector<HTMLElement>('textarea') ?? after.querySelector<HTMLElement>('.row');
  // The library's elements show what is in them a moment later, and what is not shown cannot have the focus.
  const shown = after.querySelector('discord-message')?.updateComplete ?? Promise.resolve();
  void shown.then(() => target?.focus({ preventScroll: true }));
}
