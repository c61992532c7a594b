import {
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIUser,
  MessageFlags,
  MessageType,
  PermissionFlagsBits as P,
} from 'discord-api-types/v10';
import { resolveMedia } from '../messages/media.ts';
import { channelPermissions, has } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { storeAttachment } from './attachments.ts';
import type { Channel } from './channels.ts';
import type { UploadedFile } from './file-store.ts';
import { partialMember } from './members.ts';
import type { State } from './state.ts';
import type { User } from './users.ts';

export interface AllowedMentions {
  readonly parse?: readonly string[];
  readonly users?: readonly Id[];
  readonly roles?: readonly Id[];
  readonly repliedUser?: boolean;
}

/** What a message says, whoever sends it. */
export interface MessageContent {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIMessageTopLevelComponent[];
  readonly files?: readonly UploadedFile[];
  readonly flags?: number;
  readonly nonce?: string | number;
  readonly tts?: boolean;
  readonly allowed?: AllowedMentions;
  readonly stickers?: readonly Id[];
}

export interface NewMessage extends MessageContent {
  readonly channel: Channel;
  readonly author: User;
  readonly type?: MessageType;
  readonly replyTo?: APIMessage;
  /** Fields that only some messages have (webhook_id, interaction_metadata, ...). */
  readonly extra?: Partial<APIMessage>;
  /** Shown to this person alone, kept out of the channel's history. */
  readonly ephemeralFor?: Id;
  /** A message of the past (or with a given id): stored, but not told of unless `announce` says so. */
  readonly at?: { readonly id: Id; readonly time: number };
  readonly announce?: boolean;
  /** Stored, but told to nobody. */
  readonly quiet?: boolean;
}

/** Stores a message and tells everyone who may see it. */
export function createMessage(state: State, o: NewMessage): APIMessage {
  const message = buildMessage(state, o);
  state.messages.add(message);
  if (o.ephemeralFor !== undefined) {
    state.ephemerals.set(message.id, o.ephemeralFor);
    state.messages.hide(message);
    forgetOldest(state);
  } else {
    state.lastMessages.set(o.channel.id, message.id);
  }
  // The message a thread starts from is not one of its messages.
  if (!o.quiet && message.id !== o.channel.id) countInThread(state, o.channel);
  if (!o.quiet && (!o.at || o.announce)) announce(state, 'MESSAGE_CREATE', message, o.channel);
  return message;
}

const KEPT_EPHEMERALS = 5_000;

/** Ephemeral messages stand in no channel's history, so nothing else would ever let them go. */
function forgetOldest(state: State): void {
  const oldest = state.ephemerals.keys().next().value;
  if (oldest === undefined || state.ephemerals.size <= KEPT_EPHEMERALS) return;
  state.ephemerals.delete(oldest);
  state.messages.delete(oldest);
}

function countInThread(state: State, channel: Channel): void {
  if (channel.message_count === undefined) return;
  const now = state.channels.get(channel.id) ?? channel;
  const total = (now.total_message_sent ?? 0) + 1;
  state.channels.set(channel.id, { ...now, message_count: (now.message_count ?? 0) + 1, total_message_sent: total });
}

function buildMessage(state: State, o: NewMessage): APIMessage {
  const { channel, author } = o;
  const content = o.content ?? '';
  const ephemeral = o.ephemeralFor !== undefined;
  const attachments = (o.files ?? []).map((file) => storeAttachment(state, channel.id, file, ephemeral));
  const flags = (o.flags ?? 0) | (ephemeral ? MessageFlags.Ephemeral : 0);
  const rich = resolveMedia(
    state,
    { embeds: [...(o.embeds ?? [])], components: [...(o.components ?? [])] },
    attachments,
  );
  return {
    id: o.at?.id ?? state.ids.next(),
    channel_id: channel.id,
    type: o.type ?? (o.replyTo ? MessageType.Reply : MessageType.Default),
    author,
    content,
    timestamp: new Date(o.at?.time ?? state.now()).toISOString(),
    edited_timestamp: null,
    tts: o.tts ?? false,
    pinned: false,
    flags: flags satisfies MessageFlags,
    attachments,
    ...rich,
    ...mentionsOf(state, o, [content, ...textsIn(o.components)].join('\n')),
    ...(o.nonce !== undefined && { nonce: o.nonce }),
    ...(o.replyTo && {
      message_reference: {
        type: 0,
        channel_id: o.replyTo.channel_id,
        message_id: o.replyTo.id,
        ...(channel.guild_id !== undefined && { guild_id: channel.guild_id }),
      },
      referenced_message: o.replyTo,
    }),
    ...o.extra,
  };
}

/** What the text displays of a message say, in order: people are named there as they are in its content. */
function textsIn(components: unknown): readonly string[] {
  if (Array.isArray(components)) return components.flatMap(textsIn);
  if (typeof components !== 'object' || components === null) return [];
  const text = 'content' in components && typeof components.content === 'string' ? [components.content] : [];
  return [...text, ...('components' in components ? textsIn(components.components) : [])];
}

interface Mentions {
  mentions: APIUser[];
  mention_roles: Id[];
  mention_everyone: boolean;
}

/** Who is pinged: what the text names, as far as allowed_mentions and the author's permissions let it. */
export function mentionsOf(
  state: State,
  o: Pick<NewMessage, 'allowed' | 'channel' | 'author' | 'replyTo'>,
  content: string,
): Mentions {
  if (!content.includes('@') && !o.replyTo) return { mentions: [], mention_roles: [], mention_everyone: false };
  const { allowed, channel } = o;
  const parses = (kind: string): boolean => !allowed?.parse || allowed.parse.includes(kind);
  // A list that names nobody is as good as none.
  const may = (kind: 'users' | 'roles', id: Id): boolean =>
    allowed?.[kind]?.length ? allowed[kind].includes(id) : parses(kind);
  const users = new Set<Id>();
  for (const [, id] of content.matchAll(/<@!?(\d{15,21})>/g)) {
    if (id !== undefined && may('users', id)) users.add(id);
  }
  if (o.replyTo && allowed?.repliedUser !== false) users.add(o.replyTo.author.id);
  const guild = state.guildOf(channel);
  const mayAll = has(channelPermissions(state, channel, o.author.id), P.MentionEveryone);
  const roles = new Set<Id>();
  for (const [, id] of content.matchAll(/<@&(\d{15,21})>/g)) {
    const role = guild?.roles.get(id ?? '');
    if (role && (mayAll || role.mentionable) && may('roles', role.id)) roles.add(role.id);
  }
  return {
    mentions: [...users].flatMap((id) => state.users.get(id) ?? []),
    mention_roles: [...roles],
    mention_everyone: /@(?:everyone|here)\b/.test(content) && mayAll && parses('everyone'),
  };
}

/** Dispatches a message; unlike REST, the gateway adds the server and the members behind author and mentions. */
export function announce(
  state: State,
  t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  message: APIMessage,
  channel: Channel,
): void {
  const guild = state.guildOf(channel);
  const member = message.webhook_id === undefined ? guild?.members.get(message.author.id) : undefined;
  const mentions = message.mentions.map((user) => {
    const mentioned = guild?.members.get(user.id);
    return mentioned ? { ...user, member: partialMember(mentioned) } : user;
  });
  const reader = state.ephemerals.get(message.id);
  state.emit({
    t,
    d: {
      ...message,
      mentions,
      channel_type: channel.type,
      ...(guild && { guild_id: guild.id }),
      ...(member && { member: partialMember(member) }),
    },
    channel: channel.id,
    ...(guild && { guild: guild.id }),
    ...(reader !== undefined && { reader }),
  });
}
