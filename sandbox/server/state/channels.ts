import { ChannelType } from 'discord-api-types/v10';
import type { Id } from '../snowflake.ts';
import type { User } from './users.ts';

export interface Overwrite {
  readonly id: Id;
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

export interface ForumTag {
  readonly id: Id;
  readonly name: string;
  readonly moderated: boolean;
  readonly emoji_id: Id | null;
  readonly emoji_name: string | null;
}

export interface ThreadMetadata {
  readonly archived: boolean;
  readonly auto_archive_duration: number;
  readonly archive_timestamp: string;
  readonly locked: boolean;
  readonly create_timestamp: string;
  readonly invitable?: boolean;
}

/** A channel, thread or direct message with the fields its kind has on the wire. Replaced, never changed in place. */
export interface Channel {
  readonly id: Id;
  readonly type: ChannelType;
  readonly flags: number;
  readonly guild_id?: Id;
  readonly name?: string;
  readonly position?: number;
  readonly parent_id?: Id | null;
  readonly permission_overwrites?: readonly Overwrite[];
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly rate_limit_per_user?: number;
  readonly last_message_id?: Id | null;
  readonly last_pin_timestamp?: string | null;
  readonly bitrate?: number;
  readonly user_limit?: number;
  readonly rtc_region?: string | null;
  readonly default_auto_archive_duration?: number;
  readonly default_thread_rate_limit_per_user?: number;
  readonly available_tags?: readonly ForumTag[];
  readonly default_reaction_emoji?: { readonly emoji_id: Id | null; readonly emoji_name: string | null } | null;
  readonly default_sort_order?: number | null;
  readonly default_forum_layout?: number;
  readonly applied_tags?: readonly Id[];
  readonly owner_id?: Id;
  readonly thread_metadata?: ThreadMetadata;
  readonly message_count?: number;
  readonly member_count?: number;
  readonly total_message_sent?: number;
  readonly recipients?: readonly User[];
}

export interface NewChannel {
  readonly id: Id;
  readonly guild: Id;
  readonly type: ChannelType;
  readonly name: string;
  readonly position: number;
  readonly parent?: Id | null;
  readonly topic?: string | null;
  readonly overwrites?: readonly Overwrite[];
}

/** A server's channel with the defaults Discord gives its kind. */
export function makeChannel(o: NewChannel): Channel {
  const shared = {
    id: o.id,
    type: o.type,
    flags: 0,
    guild_id: o.guild,
    name: o.name,
    position: o.position,
    parent_id: o.parent ?? null,
    permission_overwrites: o.overwrites ?? [],
  };
  switch (o.type) {
    case ChannelType.GuildCategory:
      return shared;
    case ChannelType.GuildVoice:
    case ChannelType.GuildStageVoice:
      return { ...shared, ...text(), bitrate: 64_000, user_limit: 0, rtc_region: null };
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return {
        ...shared,
        ...text(),
        topic: o.topic ?? null,
        available_tags: [],
        default_reaction_emoji: null,
        default_sort_order: null,
        default_forum_layout: 0,
      };
    default:
      return { ...shared, ...text(), topic: o.topic ?? null };
  }
}

function text() {
  return { nsfw: false, rate_limit_per_user: 0, last_message_id: null };
}

export function makeDm(id: Id, recipients: readonly User[]): Channel {
  return { id, type: ChannelType.DM, flags: 0, last_message_id: null, recipients };
}
