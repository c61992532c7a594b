import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type BaseInteraction, ChannelType, type GuildTextBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import type { When } from '../lib/time/parse.ts';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { markup, mention, t, type Words } from '../services/answers/words.ts';
import { hasEmbed, PostPayload } from '../services/schedule/post.ts';
import type { Timer } from '../services/timers/timers.ts';
import { dueOf, PackedWhen, packWhen, unpackWhen, whenOf } from '../services/timers/when.ts';
import { defineDraft } from './draft.ts';
import { whenFields } from './when-option.ts';

const KIND = 'scheduled-post';
/** For everything about scheduled posts. */
export const POST_RULES = { needs: PermissionFlagsBits.ManageMessages, visible: 'private' } as const;
export const LONGEST_UNTIL = 60;
export const POST_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;
const Id = Type.String({ pattern: '^\\d{1,20}$' });
const COLOUR = /^#?([0-9a-f]{6})$/i;

const Draft = Type.Object({
  /** The post that is to be changed; a new one without. */
  timer: Type.Optional(Id),
  guild: Id,
  channel: Id,
  payload: PostPayload,
  when: PackedWhen,
});

/** What is to be posted. `timer` is the one that is to be changed; a new one without. */
export interface Post {
  readonly timer?: string;
  readonly guild: string;
  readonly channel: string;
  readonly payload: PostPayload;
  readonly when: When;
}

/** Shows a post before it is kept: everybody will see it. */
export async function setPost(post: Post, owner: string, context: Context): Promise<Answer> {
  const { payload, when, ...rest } = post;
  if (!payload.text?.trim() && !hasEmbed(payload)) throw new UserError('schedule.empty');
  const shown = {
    title: t('schedule.confirm'),
    parts: [{ kind: 'fields', fields: fieldsOf(post) }],
    yes: t(post.timer === undefined ? 'schedule.yes' : 'schedule.yesChange'),
  } as const;
  return postDraft.ask({ ...rest, payload: { ...payload }, when: packWhen(when) }, owner, shown, context);
}

export const postDraft = defineDraft({
  ...POST_RULES,
  id: 'schedule',
  schema: Draft,
  async store({ timer, when, ...post }: Static<typeof Draft>, owner, { now, timers }) {
    const read = unpackWhen(when);
    if (read.kind === 'once' && read.at <= now()) throw new UserError('time.over');
    const { guild, channel, payload } = post;
    const stored =
      timer === undefined
        ? await timers.add({ ...dueOf(read), kind: KIND, owner, guild, channel, payload })
        : await timers.edit(
            { id: timer, kind: KIND, guild },
            { payload, place: { guild, channel }, when: dueOf(read) },
          );
    if (!stored) throw new UserError('schedule.noSuch');
    return postCard(stored, t(timer === undefined ? 'schedule.stored' : 'schedule.changed'));
  },
});

/** A post as it is kept. */
export function postCard(timer: Timer, title: Words, tone: Answer['tone'] = 'good'): Answer {
  const { payload, channel, guild } = timer;
  if (!Value.Check(PostPayload, payload) || channel === null || guild === null) throw new UserError('schedule.noSuch');
  return {
    tone,
    title,
    parts: [{ kind: 'fields', fields: fieldsOf({ payload, channel, guild, when: whenOf(timer) }) }],
  };
}

/**
 * The channel, if whoever asks and the bot may write in it, and the bot may look whether something is there already.
 * UserError that says who may not.
 */
export function channelToPostIn(interaction: BaseInteraction, id: string): GuildTextBasedChannel {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, member } = interaction;
  const channel = guild.channels.cache.get(id);
  const me = guild.members.me;
  if (!channel?.isTextBased() || !me) throw new UserError('schedule.noSuchChannel');
  const write = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  const needed = PermissionFlagsBits.ViewChannel | write;
  const where = mention('channel', id);
  if (!channel.permissionsFor(member).has(needed)) throw new UserError('schedule.cannotWrite', { where });
  if (!channel.permissionsFor(me).has(needed | PermissionFlagsBits.EmbedLinks)) {
    throw new UserError('schedule.botCannotWrite', { where });
  }
  if (!channel.permissionsFor(me).has(PermissionFlagsBits.ReadMessageHistory)) {
    throw new UserError('schedule.botCannotRead', { where });
  }
  return channel;
}

/** Refuses whoever wants everybody told and may not do so themselves. */
export function checkMentions(interaction: BaseInteraction, channel: GuildTextBasedChannel): void {
  const may = channel.permissionsFor(interaction.user.id)?.has(PermissionFlagsBits.MentionEveryone) ?? false;
  if (!may) throw new UserError('schedule.mayNotMention');
}

/** With `\n` as a line break, which an option of a command cannot hold; `\\n` is a backslash and an n. */
export function readLines(typed: string): string {
  return typed.replaceAll(/\\(\\n|n)/g, (_, written: string) => (written === 'n' ? '\n' : '\\n'));
}

/** '#3b82f6' as a number. */
export function readColour(typed: string): number {
  const [, hex] = COLOUR.exec(typed.trim()) ?? [];
  if (hex === undefined) throw new UserError('schedule.notAColour');
  return Number.parseInt(hex, 16);
}

/** A picture's address, which Discord fetches. */
export function readPicture(typed: string): string {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '') throw new UserError('schedule.notAPicture');
  return url.href;
}

function fieldsOf({ payload, channel, when }: Post): readonly (readonly [Words, Words])[] {
  const { text, title, description, colour, picture, mentions } = payload;
  const given: readonly (readonly [Words, Words | undefined])[] = [
    [t('schedule.text'), text],
    [t('schedule.title'), title],
    [t('schedule.description'), description],
    [t('schedule.colour'), colour === undefined ? undefined : `#${colour.toString(16).padStart(6, '0')}`],
    [t('schedule.picture'), picture === undefined ? undefined : markup(picture)],
    [t('schedule.mentions'), mentions ? t('schedule.mentioned') : undefined],
  ];
  return [
    [t('schedule.where'), mention('channel', channel)],
    ...whenFields(when),
    ...given.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const])),
  ];
}
