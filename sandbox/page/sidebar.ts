import { ChannelType } from 'discord-api-types/v10';
import type { Channel } from '../server/state/channels.ts';
import { fill, h, icon } from './element.ts';
import { ICONS } from './icons.ts';
import type { Page } from './page.ts';
import { roveIn } from './roving.ts';

const ICON: Readonly<Partial<Record<ChannelType, string>>> = {
  [ChannelType.GuildVoice]: ICONS.voice,
  [ChannelType.GuildStageVoice]: ICONS.voice,
  [ChannelType.GuildForum]: ICONS.forum,
  [ChannelType.GuildMedia]: ICONS.forum,
  [ChannelType.PublicThread]: ICONS.thread,
  [ChannelType.PrivateThread]: ICONS.thread,
  [ChannelType.AnnouncementThread]: ICONS.thread,
};
/** Channels that hold others, or posts, but no messages of their own. */
export const NO_TEXT: readonly ChannelType[] = [
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];
const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

export function channelIcon({ type }: Channel): string {
  return ICON[type] ?? ICONS.hash;
}

/** The rail of servers and the channels of the open one, with what is unread. */
export class Sidebar {
  readonly rail = h('nav', { class: 'rail', 'aria-label': 'Servers' });
  readonly element = h('nav', { class: 'channels', 'aria-label': 'Channels' });
  readonly #page: Page;
  readonly #folded = new Set<string>();
  readonly #title = h('h1', { class: 'server-name' });
  readonly #list = h('div', { class: 'channel-list' });

  constructor(page: Page) {
    this.#page = page;
    this.element.append(h('header', { class: 'bar' }, this.#title), this.#list);
    roveIn(this.#list, '.channel, .category');
    roveIn(this.rail, '.server');
  }

  draw(): void {
    const { store, names } = this.#page;
    const current = store.channels.get(store.current ?? '');
    const atHome = current !== undefined && current.guild_id === undefined;
    this.#drawRail(atHome);
    this.#title.textContent = atHome ? 'Direct Messages' : (names.guild()?.name ?? '');
    const all = [...store.channels.values()];
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.channel : undefined;
    const lines = atHome
      ? this.#directs(all)
      : this.#tree(all.filter(({ guild_id }) => guild_id === names.guild()?.id));
    fill(this.#list, lines);
    if (focused) this.#list.querySelector<HTMLElement>(`[data-channel="${focused}"]`)?.focus();
  }

  #drawRail(atHome: boolean): void {
    const { store, names } = this.#page;
    const unreadIn = (guild: string | undefined) =>
      [...store.unread].filter(([id]) => store.channels.get(id)?.guild_id === guild);
    const direct = [...store.channels.values()].filter(({ guild_id }) => guild_id === undefined);
    const entry = (
      label: string,
      open: boolean,
      unread: ReturnType<typeof unreadIn>,
      picture: Node,
      go: () => void,
    ) => {
      const mentions = unread.reduce((sum, [, one]) => sum + one.mentions, 0);
      return h(
        'button',
        {
          class: `server${open ? ' open' : ''}${unread.length > 0 ? ' unread' : ''}`,
          title: label,
          'aria-label': mentions > 0 ? `${label}, ${mentions} mentions` : label,
          'aria-current': open ? 'true' : false,
          on: { click: go },
        },
        h('span', { class: 'pill', 'aria-hidden': true }),
        h('span', { class: 'server-icon' }, picture),
        mentions > 0 && h('span', { class: 'badge' }, mentions > 99 ? '99+' : mentions),
      );
    };
    const home = entry('Direct Messages', atHome, unreadIn(undefined), icon(ICONS.app, 26), () =>
      direct[0] ? this.#page.openChannel(direct[0].id) : this.#page.tell('Nobody has written to you directly yet'),
    );
    const servers = [...store.guilds.values()].map((guild) => {
      const picture = guild.icon
        ? h('img', { src: `/icons/${guild.id}/${guild.icon}.png?size=96`, alt: '' })
        : document.createTextNode(initials(guild.name));
      const first = firstText([...store.channels.values()].filter(({ guild_id }) => guild_id === guild.id));
      return entry(
        guild.name,
        !atHome && names.guild()?.id === guild.id,
        unreadIn(guild.id),
        picture,
        () => first && this.#page.openChannel(first.id),
      );
    });
    fill(this.rail, home, h('span', { class: 'rail-line', 'aria-hidden': true }), servers);
  }

  #directs(all: readonly Channel[]): HTMLElement[] {
    return all.filter(({ guild_id }) => guild_id === undefined).map((channel) => this.#line(channel, 0));
  }

  #tree(all: readonly Channel[]): HTMLElement[] {
    const inside = (parent: string | null) =>
      all
        .filter(
          (one) =>
            (one.parent_id ?? null) === parent && !THREADS.includes(one.type) && one.type !== ChannelType.GuildCategory,
        )
        .sort((a, b) => Number(isVoice(a)) - Number(isVoice(b)) || (a.position ?? 0) - (b.position ?? 0))
        .flatMap((one) => [
          this.#line(one, 0),
          ...all
            .filter(({ parent_id, type }) => parent_id === one.id && THREADS.includes(type))
            .map((thread) => this.#line(thread, 1)),
        ]);
    const categories = all
      .filter(({ type }) => type === ChannelType.GuildCategory)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    return [
      ...inside(null),
      ...categories.flatMap((one) => [this.#category(one), ...(this.#folded.has(one.id) ? [] : inside(one.id))]),
    ];
  }

  #category({ id, name }: Channel): HTMLElement {
    const folded = this.#folded.has(id);
    const turn = (): void => {
      if (!this.#folded.delete(id)) this.#folded.add(id);
      this.draw();
    };
    return h(
      'button',
      { class: 'category', 'aria-expanded': !folded, 'data-channel': id, tabindex: -1, on: { click: turn } },
      icon(ICONS.chevron, 12),
      name,
    );
  }

  #line(channel: Channel, depth: number): HTMLElement {
    const { store, names } = this.#page;
    const unread = store.unread.get(channel.id);
    const open = channel.id === store.current;
    const other = channel.recipients?.find(({ id }) => id !== store.me?.id) ?? channel.recipients?.[0];
    const name = channel.name ?? (other ? names.user(other.id) : 'Direct message');
    const picture = other
      ? h('img', { class: 'choice-avatar', src: names.avatar(other.id, 32), alt: '' })
      : icon(channelIcon(channel), 20);
    return h(
      'button',
      {
        class: `channel depth-${depth}${open ? ' open' : ''}${unread ? ' unread' : ''}`,
        'data-channel': channel.id,
        'aria-current': open ? 'page' : false,
        tabindex: open ? 0 : -1,
        'aria-label': unread ? `${name}, ${unread.count} unread` : name,
        on: { click: () => this.#page.openChannel(channel.id) },
      },
      picture,
      h('span', { class: 'channel-name' }, name),
      unread && unread.mentions > 0 && h('span', { class: 'badge' }, unread.mentions),
    );
  }
}

function isVoice({ type }: Channel): boolean {
  return type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 3);
}

/** Where a server opens: its general channel, or the first that holds messages. */
export function firstText(channels: readonly Channel[]): Channel | undefined {
  const texts = channels
    .filter(({ type }) => type === ChannelType.GuildText)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  return texts.find(({ name }) => name === 'general') ?? texts[0];
}
