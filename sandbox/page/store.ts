import type { APIMessage } from 'discord-api-types/v10';
import type { Channel } from '../server/state/channels.ts';
import type { Command } from '../server/state/commands.ts';
import type { Role } from '../server/state/roles.ts';
import type { User } from '../server/state/users.ts';
import type { Ack, BotStatus, GuildSeen, MemberSeen, Presence, Sample, Snapshot } from './protocol.ts';

/** What has changed, so that each part of the page redraws no more than it must. */
export type Change =
  | { readonly kind: 'reset'; readonly same: boolean }
  | { readonly kind: 'channels' | 'members' | 'unread' | 'commands' | 'current' }
  | { readonly kind: 'message' | 'message-gone'; readonly channel: string; readonly id: string }
  | { readonly kind: 'history' | 'typing'; readonly channel: string }
  | { readonly kind: 'status'; readonly status: BotStatus }
  | { readonly kind: 'ack'; readonly ack: Ack }
  | { readonly kind: 'connection'; readonly connected: boolean };

/** A server as the page keeps it. */
export interface GuildKept {
  readonly id: string;
  name: string;
  icon: string | null;
  ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, MemberSeen>;
  readonly presences: Map<string, Presence>;
  readonly emojis: Map<string, { readonly id: string; readonly name: string; readonly animated: boolean }>;
}

export interface Unread {
  count: number;
  mentions: number;
}

/** How many messages of a channel are kept; the oldest fall away and can be loaded again. */
const KEPT = 300;
const TYPING_MS = 10_000;

/** Everything the person acting may see, kept up to date by the sandbox's events. */
export class Store {
  me: User | undefined;
  bot: User | undefined;
  connected = false;
  readonly guilds = new Map<string, GuildKept>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Map<string, APIMessage>>();
  readonly loaded = new Set<string>();
  readonly typing = new Map<string, Map<string, number>>();
  readonly unread = new Map<string, Unread>();
  commands: readonly Command[] = [];
  samples: readonly Sample[] = [];
  people: readonly User[] = [];
  status: BotStatus | undefined;
  readonly acks: Ack[] = [];
  current: string | undefined;
  readonly #listeners = new Set<(change: Change) => void>();

  on(listener: (change: Change) => void): void {
    this.#listeners.add(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Takes over what this person may see. */
  reset(snapshot: Snapshot): void {
    // The same person sees other channels than before: what was read stays.
    const same = this.connected && this.me?.id === snapshot.me.id;
    this.me = snapshot.me;
    this.bot = snapshot.bot;
    for (const map of [this.guilds, this.users, this.channels]) map.clear();
    if (!same) for (const kept of [this.messages, this.typing, this.unread, this.loaded]) kept.clear();
    for (const user of [...snapshot.people, snapshot.bot, snapshot.me]) this.users.set(user.id, user);
    for (const guild of snapshot.guilds) this.keepGuild(guild);
    for (const channel of snapshot.channels) this.channels.set(channel.id, channel);
    this.commands = snapshot.commands;
    this.samples = snapshot.samples;
    this.people = snapshot.people;
    this.connected = true;
    this.tell({ kind: 'reset', same });
  }

  keepGuild(seen: GuildSeen): void {
    const guild: GuildKept = {
      id: seen.id,
      name: seen.name,
      icon: seen.icon,
      ownerId: seen.owner_id,
      roles: new Map(seen.roles.map((role) => [role.id, role])),
      members: new Map(seen.members.map((member) => [member.user.id, member])),
      presences: new Map(seen.presences.map((presence) => [presence.user.id, presence])),
      emojis: new Map(seen.emojis.map((emoji) => [emoji.id, emoji])),
    };
    for (const { user } of seen.members) this.users.set(user.id, user);
    this.guilds.set(guild.id, guild);
  }

  /** The messages of a channel, oldest first. */
  history(channel: string): APIMessage[] {
    return [...(this.messages.get(channel)?.values() ?? [])];
  }

  message(channel: string, id: string): APIMessage | undefined {
    return this.messages.get(channel)?.get(id);
  }

  /** Adds older messages (newest first, as REST lists them) in front of those known. */
  addHistory(channel: string, older: readonly APIMessage[]): void {
    const known = this.messages.get(channel) ?? new Map<string, APIMessage>();
    const all = [...older].reverse().filter(({ id }) => !known.has(id));
    this.messages.set(channel, new Map([...all.map((one) => [one.id, one] as const), ...known]));
    for (const { author } of older) this.#keepAuthor(author);
    this.loaded.add(channel);
    this.tell({ kind: 'history', channel });
  }

  keepMessage(message: APIMessage): void {
    const channel = message.channel_id;
    const known = this.messages.get(channel) ?? new Map<string, APIMessage>();
    this.messages.set(channel, known);
    const isNew = !known.has(message.id);
    known.set(message.id, message);
    this.#keepAuthor(message.author);
    for (const id of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(id);
    }
    this.typing.get(channel)?.delete(message.author.id);
    if (isNew) this.#countUnread(message);
    this.tell({ kind: 'message', channel, id: message.id });
  }

  dropMessage(channel: string, id: string): void {
    if (this.messages.get(channel)?.delete(id)) this.tell({ kind: 'message-gone', channel, id });
  }

  /** Someone is typing, for ten seconds or until they have written. */
  keepTyping(channel: string, user: string): void {
    const typing = this.typing.get(channel) ?? new Map<string, number>();
    this.typing.set(channel, typing.set(user, Date.now() + TYPING_MS));
    this.tell({ kind: 'typing', channel });
    setTimeout(() => this.tell({ kind: 'typing', channel }), TYPING_MS + 50);
  }

  typingIn(channel: string): string[] {
    const now = Date.now();
    return [...(this.typing.get(channel) ?? [])].flatMap(([id, until]) =>
      until > now && id !== this.me?.id ? id : [],
    );
  }

  open(channel: string): void {
    this.current = channel;
    this.unread.delete(channel);
    this.tell({ kind: 'current' });
    this.tell({ kind: 'unread' });
  }

  #keepAuthor(author: APIMessage['author']): void {
    if (!this.users.has(author.id)) this.users.set(author.id, { ...UNKNOWN, id: author.id, ...known(author) });
  }

  #countUnread(message: APIMessage): void {
    const channel = message.channel_id;
    if (channel === this.current || message.author.id === this.me?.id) return;
    const unread = this.unread.get(channel) ?? { count: 0, mentions: 0 };
    const pinged = message.mention_everyone || message.mentions.some(({ id }) => id === this.me?.id);
    unread.count++;
    if (pinged || this.channels.get(channel)?.type === 1) unread.mentions++;
    this.unread.set(channel, unread);
    this.tell({ kind: 'unread' });
  }
}

/** A webhook or someone who has left: what a message tells of its author is all there is. */
const UNKNOWN: Omit<User, 'id'> = {
  username: 'unknown-user',
  discriminator: '0',
  global_name: null,
  avatar: null,
  banner: null,
  accent_color: null,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
  public_flags: 0,
  flags: 0,
};

function known({ username, global_name, avatar, bot }: APIMessage['author']): Partial<User> {
  return { username, global_name, avatar, ...(bot && { bot }) };
}
