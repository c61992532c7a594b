import {
  type APIMessage,
  type APIStickerItem,
  MessageFlags,
  MessageReferenceType,
  StickerFormatType,
} from 'discord-api-types/v10';
import { SandboxError } from '../api-error.ts';
import { bitsOf, channelPermissions, has } from '../permissions.ts';
import { createMessage } from '../state/create-message.ts';
import { deleteMessage, editMessage } from '../state/edit-message.ts';
import type { UploadedFile } from '../state/file-store.ts';
import { slowmodeLeft } from '../state/slowmode.ts';
import { reviveThread } from '../state/threads.ts';
import { findMessage, type MessageLike } from './interact.ts';
import { personRest } from './rest.ts';
import { type By, channelOf, personId, type World } from './world.ts';

export interface Says extends By {
  readonly content?: string;
  readonly files?: readonly UploadedFile[];
  readonly replyTo?: MessageLike;
  /** Passes this message on: such a message has nothing of its own. */
  readonly forwards?: MessageLike;
  /** By their names. */
  readonly stickers?: readonly string[];
  /** Write even where this person may not, and longer than people can. */
  readonly unchecked?: boolean;
}

/** With Nitro; without it is 2,000. */
const LONGEST = 4_000;

/** A person writes a message. */
export function message(world: World, o: Says): APIMessage {
  const { state } = world;
  const author = personId(world, o.as);
  const channel = channelOf(world, o.channel, author);
  if (!o.unchecked) {
    if (!has(channelPermissions(state, channel, author), bitsOf('ViewChannel', 'SendMessages'))) {
      throw new SandboxError(`${state.user(author).username} may not write in #${channel.name ?? 'dm'}`);
    }
    const wait = slowmodeLeft(state, channel, author);
    if (wait > 0) throw new SandboxError(`slowmode: ${state.user(author).username} may write again in ${wait} ms`);
    if (!o.content && !o.files?.length && !o.forwards && !o.stickers?.length)
      throw new SandboxError('a message needs content, files or stickers');
    if ((o.content?.length ?? 0) > LONGEST) throw new SandboxError(`people write at most ${LONGEST} characters`);
  }
  reviveThread(state, channel);
  return createMessage(state, {
    channel,
    author: state.user(author),
    content: o.content ?? '',
    files: o.files ?? [],
    ...(o.replyTo !== undefined && { replyTo: findMessage(world, o.replyTo) }),
    extra: {
      ...(o.forwards !== undefined && snapshotOf(world, findMessage(world, o.forwards))),
      ...(o.stickers && { sticker_items: o.stickers.map((name) => stickerOf(state, name)) }),
    },
  });
}

/** What a forward shows of the message it passes on, and where that stands. */
function snapshotOf({ state }: World, from: APIMessage): Partial<APIMessage> {
  const guild = state.channel(from.channel_id).guild_id;
  const { type, content, embeds, attachments, timestamp, edited_timestamp, flags = 0, mentions, mention_roles } = from;
  const message = { type, content, embeds, attachments, timestamp, edited_timestamp, flags, mentions, mention_roles };
  return {
    message_reference: {
      type: MessageReferenceType.Forward,
      channel_id: from.channel_id,
      message_id: from.id,
      ...(guild !== undefined && { guild_id: guild }),
    },
    message_snapshots: [{ message }],
    flags: MessageFlags.HasSnapshot,
  };
}

function stickerOf({ ids }: World['state'], name: string): APIStickerItem {
  return { id: ids.next(), name, format_type: StickerFormatType.PNG };
}

/** A person changes their own message. */
export function edit(world: World, target: MessageLike, content: string): APIMessage {
  const before = findMessage(world, target);
  const channel = world.state.channel(before.channel_id);
  return editMessage(world.state, before, channel, { content, files: [], flags: before.flags ?? 0, kept: undefined });
}

/** Deletes a message as its author, or as the person named, who then needs the permission. */
export async function remove(world: World, target: MessageLike, o: Pick<By, 'as'> = {}): Promise<void> {
  const { id, channel_id: channel, author } = findMessage(world, target);
  if (o.as === undefined && world.state.users.has(author.id)) {
    return deleteMessage(world.state, findMessage(world, target), world.state.channel(channel));
  }
  await personRest(world, 'DELETE', `/channels/${channel}/messages/${id}`, o);
}

export async function react(world: World, target: MessageLike, emoji: string, o: Pick<By, 'as'> = {}): Promise<void> {
  const { id, channel_id: channel } = findMessage(world, target);
  await personRest(world, 'PUT', `/channels/${channel}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`, o);
}

export async function unreact(world: World, target: MessageLike, emoji: string, o: Pick<By, 'as'> = {}): Promise<void> {
  const { id, channel_id: channel } = findMessage(world, target);
  await personRest(
    world,
    'DELETE',
    `/channels/${channel}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`,
    o,
  );
}

/** Someone is typing. */
export async function typing(world: World, o: By = {}): Promise<void> {
  const channel = channelOf(world, o.channel, personId(world, o.as));
  await personRest(world, 'POST', `/channels/${channel.id}/typing`, o.as === undefined ? {} : { as: o.as });
}
