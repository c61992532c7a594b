import { fill, h, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { markup } from './messages/markup.ts';
import type { Page } from './page.ts';
import { channelIcon } from './sidebar.ts';

export interface HeaderActions {
  readonly openNavigation: () => void;
  readonly toggleMembers: () => void;
  readonly toggleTools: () => void;
  readonly toggleTheme: () => void;
}

/** The bar over the messages: where one is, and the page's own buttons. */
export class Header {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #where = h('div', { class: 'where' });

  constructor(page: Page, actions: HeaderActions) {
    this.#page = page;
    const tool = (path: string, label: string, className: string, act: () => void) =>
      h(
        'button',
        { class: `icon-button ${className}`, 'aria-label': label, title: label, on: { click: act } },
        icon(path, 24),
      );
    this.element = h(
      'header',
      { class: 'bar chat-bar' },
      tool(ICONS.menu, 'Servers and channels', 'open-navigation', actions.openNavigation),
      this.#where,
      tool(ICONS.chart, 'Bot status and tools', 'open-tools', actions.toggleTools),
      tool(ICONS.theme, 'Dark or light', 'toggle-theme', actions.toggleTheme),
      tool(ICONS.members, 'Members', 'open-members', actions.toggleMembers),
    );
  }

  draw(): void {
    const { store, names } = this.#page;
    const channel = store.channels.get(store.current ?? '');
    if (!channel) return void fill(this.#where);
    const other = channel.recipients?.find(({ id }) => id !== store.me?.id);
    const name = channel.name ?? (other ? names.user(other.id) : '');
    fill(
      this.#where,
      icon(other ? ICONS.at : channelIcon(channel), 24),
      h('h2', {}, name),
      channel.topic && h('div', { class: 'topic', title: channel.topic }, markup(this.#page, channel.topic)),
    );
    document.title = `${channel.name ? '#' : '@'}${name} | Rockhopper sandbox`;
  }
}
