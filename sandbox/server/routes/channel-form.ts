import { ChannelType as T } from 'discord-api-types/v10';
import { ApiError } from '../api-error.ts';
import { type Form, present } from '../http/form.ts';
import type { Channel, ForumTag, Overwrite } from '../state/channels.ts';
import type { Guild } from '../state/guilds.ts';
import type { State } from '../state/state.ts';

const ARCHIVE_MINUTES = [60, 1_440, 4_320, 10_080];
const MOST_IN_CATEGORY = 50;
const SLOWEST = 21_600;
/** Names of these are written in small letters without spaces. */
const SLUGGED: readonly T[] = [T.GuildText, T.GuildAnnouncement, T.GuildForum, T.GuildMedia];

/** The fields of a server's channel that a body gives; those its kind does not have are left out. */
export function readChannel(state: State, guild: Guild, body: Form, before: Channel): Partial<Channel> {
  const type = before.type;
  const forum = type === T.GuildForum || type === T.GuildMedia;
  const name = body.text('name', { min: 1, max: 100 });
  const read = present({
    name: name !== undefined && SLUGGED.includes(type) ? slug(name) : name,
    position: body.int('position', { min: 0 }),
    parent_id: readParent(state, guild, body, before),
    permission_overwrites: body.list('permission_overwrites', readOverwrite, { max: 100 }),
    topic: body.nullableText('topic', { max: forum ? 4_096 : 1_024 }),
    nsfw: body.flag('nsfw'),
    rate_limit_per_user: body.int('rate_limit_per_user', { min: 0, max: SLOWEST }),
    bitrate: body.int('bitrate', { min: 8_000, max: 96_000 }),
    user_limit: body.int('user_limit', { min: 0, max: type === T.GuildStageVoice ? 10_000 : 99 }),
    rtc_region: body.nullableText('rtc_region'),
    default_auto_archive_duration: readArchiveMinutes(body, 'default_auto_archive_duration'),
    default_thread_rate_limit_per_user: body.int('default_thread_rate_limit_per_user', { min: 0, max: SLOWEST }),
    available_tags: body.list('available_tags', (tag) => readTag(state, tag), { max: 20 }),
    default_reaction_emoji: readDefaultReaction(body),
    default_sort_order: body.isNull('default_sort_order') ? null : body.oneOf('default_sort_order', [0, 1]),
    default_forum_layout: body.oneOf('default_forum_layout', [0, 1, 2]),
    flags: body.int('flags'),
  });
  const always = ['default_auto_archive_duration', 'default_thread_rate_limit_per_user'];
  return Object.fromEntries(
    Object.entries(read).filter(([key]) => key in before || (type !== T.GuildCategory && always.includes(key))),
  );
}

function slug(name: string): string {
  return name.toLowerCase().trim().replaceAll(/\s+/g, '-') || '-';
}

export function readArchiveMinutes(body: Form, key = 'auto_archive_duration'): number | undefined {
  return body.oneOf(key, ARCHIVE_MINUTES);
}

function readParent(state: State, guild: Guild, body: Form, before: Channel): string | null | undefined {
  const id = body.nullableId('parent_id');
  if (id === undefined || id === null || id === before.parent_id) return id;
  const parent = guild.channels.has(id) ? state.channels.get(id) : undefined;
  if (!parent) return body.fail('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  if (parent.type !== T.GuildCategory || before.type === T.GuildCategory) {
    return body.fail('parent_id', 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  }
  const inside = state.channelsOf(guild).filter(({ parent_id }) => parent_id === id).length;
  if (inside < MOST_IN_CATEGORY) return id;
  return body.fail(
    'parent_id',
    'CHANNEL_PARENT_MAX_CHANNELS',
    `Maximum number of channels in category reached (${MOST_IN_CATEGORY})`,
  );
}

function readOverwrite(form: Form): Overwrite {
  return { id: form.needId('id'), ...readBits(form) };
}

/** The part of an overwrite that is not its id. Whom it is for: 0 a role, 1 a member. */
export function readBits(form: Form): Omit<Overwrite, 'id'> {
  const type = form.oneOf('type', [0, 1]) === 1 ? 1 : 0;
  return { type, allow: String(form.bits('allow') ?? 0n), deny: String(form.bits('deny') ?? 0n) };
}

function readTag(state: State, form: Form): ForumTag {
  const emoji_id = form.id('emoji_id') ?? null;
  const emoji_name = form.text('emoji_name', { max: 100 }) ?? null;
  const name = form.needText('name', { min: 1, max: 20 });
  return {
    id: form.id('id') ?? state.ids.next(),
    name,
    moderated: form.flag('moderated') ?? false,
    emoji_id,
    emoji_name,
  };
}

function readDefaultReaction(body: Form): Channel['default_reaction_emoji'] | undefined {
  if (body.isNull('default_reaction_emoji')) return null;
  const form = body.child('default_reaction_emoji');
  return form && { emoji_id: form.id('emoji_id') ?? null, emoji_name: form.text('emoji_name') ?? null };
}

/** The kind a new channel is asked to be; threads and direct messages are not made this way. */
export function readType(body: Form): T {
  return body.oneOf('type', [T.GuildText, T.GuildVoice, T.GuildCategory, T.GuildAnnouncement, 13, 14, 15, 16]) ?? 0;
}

/** 30013 when the server is full. */
export function refuseFull(guild: Guild): void {
  if (guild.channels.size >= 500) throw new ApiError(400, 30013, 'Maximum number of guild channels reached (500)');
}
