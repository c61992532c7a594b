import type { APIMessage, APIReaction } from 'discord-api-types/v10';
import type { Channel } from '../server/state/channels.ts';
import type { Command } from '../server/state/commands.ts';
import type { Role } from '../server/state/roles.ts';
import type { GuildSeen, MemberSeen, Presence } from './protocol.ts';
import type { Store } from './store.ts';

/** The fields that the handlers below read. Each event has some of them, as Discord documents it. */
interface Data {
  readonly id: string;
  readonly ids: readonly string[];
  readonly guild_id: string;
  readonly channel_id: string;
  readonly message_id: string;
  readonly user_id: string;
  readonly user: { readonly id: string };
  readonly role: Role;
  readonly role_id: string;
  readonly emoji: APIReaction['emoji'];
}

type Handler = (store: Store, d: Data & Record<string, unknown>) => void;

const channelEvent: Handler = (store, d) => {
  store.channels.set(d.id, { ...store.channels.get(d.id), ...seenAs<Channel>(d) });
  store.tell({ kind: 'channels' });
};

const channelGone: Handler = (store, d) => {
  store.channels.delete(d.id);
  store.messages.delete(d.id);
  store.unread.delete(d.id);
  store.tell({ kind: 'channels' });
  if (store.current === d.id) store.tell({ kind: 'reset', same: true });
};

const memberEvent: Handler = (store, d) => {
  const guild = store.guilds.get(d.guild_id);
  const before = guild?.members.get(d.user.id);
  const member = { ...before, ...seenAs<MemberSeen>(d) };
  guild?.members.set(d.user.id, member);
  store.users.set(d.user.id, member.user);
  store.tell({ kind: 'members' });
};

const roleEvent: Handler = (store, { guild_id, role }) => {
  store.guilds.get(guild_id)?.roles.set(role.id, role);
  store.tell({ kind: 'members' });
};

const guildEvent: Handler = (store, d) => {
  const kept = store.guilds.get(d.id);
  const { name, icon, owner_id } = seenAs<GuildSeen>(d);
  if (kept) Object.assign(kept, { name, icon, ownerId: owner_id });
  store.tell({ kind: 'channels' });
};

const commandEvent: Handler = (store, d) => {
  store.commands = seenAs<{ commands: readonly Command[] }>(d).commands;
  store.tell({ kind: 'commands' });
};

const HANDLERS: Readonly<Record<string, Handler>> = {
  MESSAGE_CREATE: (store, d) => store.keepMessage(seenAs<APIMessage>(d)),
  MESSAGE_UPDATE: (store, d) => {
    const before = store.message(d.channel_id, d.id);
    if (before) store.keepMessage({ ...before, ...seenAs<APIMessage>(d) });
  },
  MESSAGE_DELETE: (store, d) => store.dropMessage(d.channel_id, d.id),
  MESSAGE_DELETE_BULK: (store, d) => {
    for (const id of d.ids) store.dropMessage(d.channel_id, id);
  },
  MESSAGE_REACTION_ADD: (store, d) => countReaction(store, d, 1),
  MESSAGE_REACTION_REMOVE: (store, d) => countReaction(store, d, -1),
  MESSAGE_REACTION_REMOVE_ALL: (store, d) => dropReactions(store, d, () => false),
  MESSAGE_REACTION_REMOVE_EMOJI: (store, d) => dropReactions(store, d, ({ emoji }) => !sameEmoji(emoji, d.emoji)),
  TYPING_START: (store, d) => store.keepTyping(d.channel_id, d.user_id),
  CHANNEL_CREATE: channelEvent,
  CHANNEL_UPDATE: channelEvent,
  CHANNEL_DELETE: channelGone,
  THREAD_CREATE: channelEvent,
  THREAD_UPDATE: channelEvent,
  THREAD_DELETE: channelGone,
  GUILD_MEMBER_ADD: memberEvent,
  GUILD_MEMBER_UPDATE: memberEvent,
  GUILD_MEMBER_REMOVE: (store, { guild_id, user }) => {
    store.guilds.get(guild_id)?.members.delete(user.id);
    store.tell({ kind: 'members' });
  },
  GUILD_ROLE_CREATE: roleEvent,
  GUILD_ROLE_UPDATE: roleEvent,
  GUILD_ROLE_DELETE: (store, { guild_id, role_id }) => {
    store.guilds.get(guild_id)?.roles.delete(role_id);
    store.tell({ kind: 'members' });
  },
  GUILD_UPDATE: guildEvent,
  PRESENCE_UPDATE: (store, d) => {
    store.guilds.get(d.guild_id)?.presences.set(d.user.id, seenAs<Presence>(d));
    store.tell({ kind: 'members' });
  },
  SANDBOX_COMMANDS: commandEvent,
  SANDBOX_INTERACTION_ACK: (store, d) => {
    const { kind, name, ack_ms } = seenAs<{ kind: 'message'; name: string; ack_ms: number }>(d);
    const ack = { id: d.id, kind, name, ms: ack_ms };
    store.acks.push(ack);
    if (store.acks.length > 200) store.acks.shift();
    store.tell({ kind: 'ack', ack });
  },
};

/** Takes in one event as Discord's gateway would send it. Events the page does not show are passed over. */
export function applyEvent(store: Store, t: string, d: unknown): void {
  if (typeof d === 'object' && d !== null) HANDLERS[t]?.(store, seenAs<Data & Record<string, unknown>>(d));
}

/** The sandbox's own events, of the shape its tests hold it to; the page checks them no further. */
function seenAs<T>(d: object): T {
  return d as T;
}

function sameEmoji(a: APIReaction['emoji'], b: APIReaction['emoji']): boolean {
  return a.id === b.id && (a.id !== null || a.name === b.name);
}

function countReaction(store: Store, d: Data, by: 1 | -1): void {
  const message = store.message(d.channel_id, d.message_id);
  if (!message) return;
  const mine = d.user_id === store.me?.id;
  const reactions = [...(message.reactions ?? [])];
  const at = reactions.findIndex(({ emoji }) => sameEmoji(emoji, d.emoji));
  const before = reactions[at];
  const count = (before?.count ?? 0) + by;
  const after: APIReaction = {
    emoji: d.emoji,
    me_burst: false,
    burst_colors: [],
    count_details: { burst: 0, normal: count },
    ...before,
    count,
    me: mine ? by > 0 : (before?.me ?? false),
  };
  if (count <= 0) reactions.splice(at, 1);
  else if (before) reactions[at] = after;
  else reactions.push(after);
  store.keepMessage({ ...message, reactions });
}

function dropReactions(store: Store, d: Data, keep: (reaction: APIReaction) => boolean): void {
  const message = store.message(d.channel_id, d.message_id);
  if (message) store.keepMessage({ ...message, reactions: (message.reactions ?? []).filter(keep) });
}
