import type { Client } from 'discord.js';
import { ChannelType, type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import { roughTime } from '../../lib/snowflake.ts';
import type { JudgeInput } from '../../workers/rules/verdict.ts';
import type { AreaValue } from '../settings/areas.ts';
import type { JudgedMessage } from './judged.ts';

/** A message as Discord tells of it, and what it tells of its author's membership. */
export type Payload = GatewayMessageCreateDispatchData;

/** What of a message the server's own exceptions go by. */
export interface Written extends Pick<Payload, 'channel_id' | 'webhook_id' | 'application_id'> {
  readonly author: { readonly id: string; readonly bot?: boolean | undefined };
  readonly member?: { readonly roles: readonly string[] };
}

/** Where a message stands; of a thread, the channel it belongs to and that one's category. */
type Place = JudgeInput['channel'];

/** What people write themselves; all else is Discord's own words. */
const WRITTEN: ReadonlySet<MessageType> = new Set([MessageType.Default, MessageType.Reply]);

/** Whether there is anything in it that a rule could look at. */
export function hasContent({ type, content, attachments, sticker_items, poll, message_snapshots, embeds }: Payload) {
  if (!WRITTEN.has(type)) return false;
  if (content !== '' || attachments.length > 0 || embeds.length > 0) return true;
  return sticker_items !== undefined || poll !== undefined || message_snapshots !== undefined;
}

/** Whether the server has settled that none of its rules looks at it. */
export function isExempt(payload: Written, settings: AreaValue<'automod'>, client: Client): boolean {
  const { exemptChannels, exemptRoles, trusted, webhooks } = settings;
  // What applications answer comes over a webhook of theirs: like other bots, they are not judged.
  if (payload.webhook_id !== undefined) return !webhooks || payload.application_id !== undefined;
  if (exemptChannels.length > 0) {
    const place = placeOf(payload.channel_id, client);
    if (Object.values(place).some((id) => exemptChannels.includes(id))) return true;
  }
  if (exemptRoles.length > 0 && payload.member?.roles.some((role) => exemptRoles.includes(role))) return true;
  return trusted.length > 0 && trusted.some(({ member }) => member === payload.author.id);
}

export function placeOf(id: string, { channels }: Client): Place {
  const channel = channels.cache.get(id);
  if (!channel || channel.isDMBased() || channel.parentId === null) return { id };
  if (!isThread(channel.type)) return { id, category: channel.parentId };
  const category = channel.parent?.parentId;
  return category ? { id, parent: channel.parentId, category } : { id, parent: channel.parentId };
}

function isThread(type: ChannelType): boolean {
  return (
    type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread
  );
}

interface Sending {
  readonly rules: JudgeInput['rules'];
  readonly place: Place;
  readonly edited: boolean;
  /** Whether its words are to be counted. */
  readonly count: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What crosses to a thread: as little as can be, since all of it is copied. */
export function inputOf(payload: Payload, { rules, place, edited, count, now }: Sending): JudgeInput {
  const { author, member, content, message_snapshots: forwards } = payload;
  const joined = member?.joined_at;
  const input: JudgeInput = {
    text: content,
    author: {
      id: author.id,
      roles: rules && member ? member.roles : [],
      accountMs: rules ? now - roughTime(author.id) : 0,
      ...(rules && joined && { joinedMs: now - Date.parse(joined) }),
    },
    channel: place,
    edited,
    forwarded: forwards !== undefined,
    count,
  };
  if (!rules) return input;
  input.rules = rules;
  if (isMoreThanText(payload)) input.shown = shownOf(payload);
  return input;
}

function isMoreThanText({ attachments, embeds, poll, message_snapshots, sticker_items }: Payload): boolean {
  if (attachments.length > 0 || embeds.length > 0) return true;
  return poll !== undefined || message_snapshots !== undefined || sticker_items !== undefined;
}

type Shown = NonNullable<JudgeInput['shown']>;

function shownOf({ attachments, embeds, poll, message_snapshots: forwards, sticker_items: stickers }: Payload): Shown {
  const forwarded = (forwards ?? []).map(({ message }) => message);
  const files = [...attachments, ...forwarded.flatMap((one) => one.attachments)].map(({ filename }) => filename);
  const texts = [...embeds, ...forwarded.flatMap((one) => one.embeds)].flatMap(textsOf);
  const asked = poll && [poll.question.text, ...poll.answers.map(({ poll_media }) => poll_media.text)];
  return {
    ...(forwards && { forwarded: forwarded.map(({ content }) => content).join('\n') }),
    ...(texts.length > 0 && { embeds: texts.join('\n') }),
    ...(asked && { poll: asked.filter((text) => text !== undefined).join('\n') }),
    ...(files.length > 0 && { files }),
    ...(stickers && { stickers: stickers.map(({ name }) => name) }),
  };
}

/** What people read of an embed. */
function textsOf({ author, title, description, fields, footer, url }: Payload['embeds'][number]): readonly string[] {
  const parts = [author?.name, title, url, description, ...(fields ?? []).flatMap(({ name, value }) => [name, value])];
  return [...parts, footer?.text].filter((text) => text !== undefined);
}

/** The message for those who act on it. */
export function judgedOf(
  payload: Payload,
  { guild, edited, missed }: Pick<JudgedMessage, 'guild' | 'edited' | 'missed'>,
): JudgedMessage {
  const { id, author, member, content, attachments, channel_id: channel, webhook_id: webhook } = payload;
  const joinedAt = member?.joined_at ?? undefined;
  const forwarded = (payload.message_snapshots ?? []).flatMap((one) => one.message.attachments);
  return {
    ...{ guild, channel, id, edited, missed, webhook, joinedAt },
    author: author.id,
    username: author.username,
    roles: member?.roles ?? [],
    text: content,
    shown: isMoreThanText(payload) ? Object.values(shownOf(payload)).map((part) => [part].flat().join('\n')) : [],
    files: [...attachments, ...forwarded],
  };
}
