import type { APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { MessageBody } from '../messages/body.ts';
import { resolveMedia } from '../messages/media.ts';
import type { Id } from '../snowflake.ts';
import { storeAttachment } from './attachments.ts';
import type { Channel } from './channels.ts';
import { announce, mentionsOf } from './create-message.ts';
import type { State } from './state.ts';

/** Flags an edit may change; the others stay as they are. */
const SUPPRESS: MessageFlags = 4;
const V2: MessageFlags = 32_768;

/** Changes what the body names, leaves the rest, and tells everyone who may see the message. */
export function editMessage(state: State, message: APIMessage, channel: Channel, body: MessageBody): APIMessage {
  const ephemeral = state.ephemerals.has(message.id);
  const kept = body.kept ? message.attachments.filter(({ id }) => body.kept?.includes(id)) : message.attachments;
  const added = body.files.map((file) => storeAttachment(state, channel.id, file, ephemeral));
  const attachments = [...kept, ...added];
  const rich = resolveMedia(
    state,
    { embeds: [...(body.embeds ?? message.embeds)], components: [...(body.components ?? message.components ?? [])] },
    attachments,
  );
  const content = body.content ?? message.content;
  const author = state.users.get(message.author.id) ?? state.bot;
  const allowed = body.allowed && { allowed: body.allowed };
  const mentions = body.content === undefined ? {} : mentionsOf(state, { ...allowed, channel, author }, content);
  const edited: APIMessage = {
    ...message,
    content,
    ...mentions,
    ...rich,
    attachments,
    flags: ((message.flags ?? 0) & ~SUPPRESS) | (body.flags & (SUPPRESS | V2)),
    edited_timestamp: new Date(state.now()).toISOString(),
  };
  state.messages.replace(edited);
  announce(state, 'MESSAGE_UPDATE', edited, channel);
  return edited;
}

/** Changes a message's own fields (pins, reactions, a thread begun from it) without marking it as edited. */
export function amendMessage(state: State, message: APIMessage, fields: Partial<APIMessage>): APIMessage {
  const amended = { ...message, ...fields };
  state.messages.replace(amended);
  return amended;
}

export function deleteMessage(state: State, message: APIMessage, channel: Channel): void {
  if (!state.messages.delete(message.id)) return;
  const reader = state.ephemerals.get(message.id);
  state.ephemerals.delete(message.id);
  state.reactions.delete(message.id);
  state.pins.get(channel.id)?.delete(message.id);
  const guild = channel.guild_id;
  state.emit({
    t: 'MESSAGE_DELETE',
    d: { id: message.id, channel_id: channel.id, ...(guild !== undefined && { guild_id: guild }) },
    channel: channel.id,
    ...(guild !== undefined && { guild }),
    ...(reader !== undefined && { reader }),
  });
}

/** Several messages of a channel at once: one event for all of them. */
export function deleteMessages(state: State, channel: Channel, ids: readonly Id[]): void {
  const gone = ids.filter((id) => state.messages.in(channel.id, id));
  if (gone.length === 0) return;
  for (const id of gone) {
    state.messages.delete(id);
    state.reactions.delete(id);
    state.pins.get(channel.id)?.delete(id);
  }
  const guild = channel.guild_id;
  const d = { ids: gone, channel_id: channel.id, ...(guild !== undefined && { guild_id: guild }) };
  state.emit({ t: 'MESSAGE_DELETE_BULK', d, channel: channel.id, ...(guild !== undefined && { guild }) });
}
