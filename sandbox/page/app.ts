import type { APIMessage } from 'discord-api-types/v10';
import type { Channel } from '../server/state/channels.ts';
import { Client, ClientError } from './client.ts';
import { Composer } from './composer/composer.ts';
import { takeDrops } from './drop-zone.ts';
import { fill, h } from './element.ts';
import { openEmojiPicker } from './emoji-picker.ts';
import { Header } from './header.ts';
import { openMessageMenu } from './menus/message-menu.ts';
import { openUserMenu } from './menus/user-menu.ts';
import { MessageList } from './messages/list.ts';
import { openModal } from './modal.ts';
import type { Page } from './page.ts';
import { ActAs } from './people/act-as.ts';
import { MemberList } from './people/member-list.ts';
import { Names } from './people/names.ts';
import type { Anchor } from './popup.ts';
import type { Outcome } from './protocol.ts';
import { firstText, NO_TEXT, Sidebar } from './sidebar.ts';
import { type Change, Store } from './store.ts';
import { ThemeSwitch } from './theme.ts';
import { Toasts } from './toasts.ts';
import { Tools } from './tools/tools.ts';

const SEND_MESSAGES = 1n << 11n;
const PENDING_AFTER_MS = 250;
const ME = 'act-as';

/** The whole page: its parts, put together, and what they ask of each other. */
export class App implements Page {
  readonly store = new Store();
  readonly names = new Names(this.store);
  readonly client = new Client(this.store);
  readonly element: HTMLElement;
  readonly #sidebar = new Sidebar(this);
  readonly #members = new MemberList(this);
  readonly #list = new MessageList(this);
  readonly #composer = new Composer(this);
  readonly #me = new ActAs(this);
  readonly #toasts = new Toasts();
  readonly #typing = h('div', { class: 'typing', 'aria-live': 'off' });
  readonly #offline = h(
    'div',
    { class: 'away', role: 'status', hidden: true },
    'The sandbox does not answer. Trying again …',
  );
  readonly #header: Header;
  readonly #tools: Tools;
  readonly #theme: ThemeSwitch;

  constructor() {
    this.#theme = new ThemeSwitch((theme) => {
      this.#list.lightTheme = theme === 'light';
    });
    this.#header = new Header(this, {
      openNavigation: () => this.#toggle('navigation'),
      toggleMembers: () => this.#toggle('members'),
      toggleTools: () => this.#toggle('tools'),
      toggleTheme: () => this.#theme.toggle(),
    });
    this.#tools = new Tools(this, () => this.#toggle('tools'));
    const left = h(
      'div',
      { class: 'left' },
      this.#sidebar.rail,
      h('div', { class: 'left-column' }, this.#sidebar.element, this.#me.element),
    );
    const chat = h(
      'main',
      { class: 'chat' },
      this.#offline,
      this.#list.element,
      h('div', { class: 'foot' }, this.#composer.element, this.#typing),
    );
    const shade = h('div', { class: 'shade', on: { click: () => this.#closeDrawers() } });
    this.element = h(
      'div',
      { class: 'app' },
      left,
      h(
        'div',
        { class: 'right' },
        this.#header.element,
        h('div', { class: 'columns' }, chat, this.#members.element, this.#tools.element),
      ),
      shade,
      this.#toasts.element,
    );
    this.#listen();
  }

  start(): void {
    this.#theme.apply();
    this.client.act(sessionStorage.getItem(ME) ?? 'member');
  }

  #listen(): void {
    this.store.on((change) => this.#hear(change));
    takeDrops(
      () => `#${this.store.channels.get(this.store.current ?? '')?.name ?? 'here'}`,
      (files) => this.#composer.addFiles(files),
    );
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#closeDrawers();
    });
  }

  #hear(change: Change): void {
    this.#list.hear(change);
    this.#tools.hear(change);
    switch (change.kind) {
      case 'reset':
        return void this.#startOver(change.same);
      case 'channels':
      case 'unread':
        this.#sidebar.draw();
        return void this.#header.draw();
      case 'members':
        return void this.#members.schedule();
      case 'typing':
        return void this.#drawTyping();
      case 'message':
        if (change.channel === this.store.current) this.#drawTyping();
        return;
      case 'connection':
        this.#offline.hidden = change.connected;
        return;
      default:
    }
  }

  #startOver(same: boolean): void {
    if (!same) this.#list.forget();
    const { channels, current } = this.store;
    const here = channels.get(current ?? '');
    const open = here ?? firstText([...channels.values()]) ?? channels.values().next().value;
    this.#me.draw();
    this.#members.draw();
    this.#sidebar.draw();
    this.#header.draw();
    if (open && !(same && here)) this.#show(open.id);
  }

  openChannel(id: string): void {
    this.#closeDrawers();
    this.#show(id);
    this.#composer.focus();
  }

  #show(id: string): void {
    const channel = this.store.channels.get(id);
    this.#composer.reset();
    this.store.open(id);
    const other = channel?.recipients?.find((one) => one.id !== this.store.me?.id);
    this.#composer.setPlace(
      `Message ${channel?.name ? `#${channel.name}` : `@${this.names.user(other?.id ?? '')}`}`,
      this.#whyNot(channel),
    );
    this.#list.show();
    this.#drawTyping();
  }

  #whyNot(channel: Channel | undefined): string | undefined {
    if (channel && NO_TEXT.includes(channel.type)) return 'Messages are in the posts of this channel, on the left.';
    const may = channel?.guild_id === undefined || this.names.may(this.store.me?.id ?? '', SEND_MESSAGES);
    return may ? undefined : 'You do not have permission to send messages in this channel.';
  }

  actAs(id: string): void {
    // By name: the ids are others after a restart of the sandbox.
    sessionStorage.setItem(ME, this.store.users.get(id)?.username ?? 'member');
    this.client.act(id);
  }

  openUserMenu(id: string, at: Anchor): void {
    openUserMenu(this, id, at);
  }

  openMessageMenu(message: APIMessage, at: Anchor): void {
    openMessageMenu(this, message, at);
  }

  startCommand(name: string): void {
    this.#composer.startCommand(name);
  }

  mention(id: string): void {
    this.#closeDrawers();
    this.#composer.insert(`<@${id}> `);
  }

  reply(message: APIMessage): void {
    this.#composer.setReply(message);
  }

  edit(message: APIMessage): void {
    this.#list.edit(message.id);
  }

  remove(message: APIMessage): void {
    this.attempt(() => this.client.remove(message));
  }

  dismiss(message: APIMessage): void {
    this.store.dropMessage(message.channel_id, message.id);
    this.#composer.focus();
  }

  jumpTo(id: string): void {
    this.#list.jumpTo(id);
  }

  react(message: APIMessage, emoji: string, on: boolean): void {
    this.attempt(() => this.client.react(message, emoji, on));
  }

  reactWithPicker(message: APIMessage, at: HTMLElement): void {
    openEmojiPicker(this, at, ({ key }) => this.react(message, key, true));
  }

  async interact(channel: string, run: () => Promise<Outcome>, label?: string): Promise<void> {
    const running = run();
    let done = (): void => undefined;
    const timer = setTimeout(() => {
      if (label !== undefined) done = this.#list.notice({ text: 'Sending command…', label, failed: false });
    }, PENDING_AFTER_MS);
    try {
      const { modal } = await running;
      if (modal) openModal(this, modal, channel);
    } catch (error) {
      const late = error instanceof ClientError && /got no answer|no bot is connected/.test(error.message);
      const text = late ? 'The application did not respond' : reason(error);
      this.#list.notice({ text, label, failed: true });
    } finally {
      clearTimeout(timer);
      done();
    }
  }

  attempt(run: () => Promise<void>): void {
    run().catch((error: unknown) => this.tell(reason(error)));
  }

  tell(text: string): void {
    this.#toasts.tell(text);
  }

  focusComposer(): void {
    this.#composer.focus();
  }

  #drawTyping(): void {
    const people = this.store.typingIn(this.store.current ?? '').map((id) => this.names.user(id));
    const [first, ...others] = people;
    if (first === undefined) return void fill(this.#typing);
    const words =
      others.length > 2
        ? 'Several people are typing…'
        : `${people.join(', ')} ${others.length > 0 ? 'are' : 'is'} typing…`;
    fill(this.#typing, h('span', { class: 'dots', 'aria-hidden': true }, h('i'), h('i'), h('i')), words);
  }

  #toggle(drawer: 'navigation' | 'members' | 'tools'): void {
    const { classList } = this.element;
    const open = classList.toggle(`show-${drawer}`);
    const others = ['navigation', 'members', 'tools'].filter((one) => one !== drawer);
    if (open) for (const other of others) classList.remove(`show-${other}`);
    const first = { navigation: '.channel.open', members: '.member', tools: '[role=tab][aria-selected=true]' }[drawer];
    if (open) this.element.querySelector<HTMLElement>(first)?.focus();
  }

  #closeDrawers(): void {
    this.element.classList.remove('show-navigation', 'show-members', 'show-tools');
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
