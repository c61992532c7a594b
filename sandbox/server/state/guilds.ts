import type { Id } from '../snowflake.ts';
import type { AuditEntry } from './audit.ts';
import type { Member } from './members.ts';
import type { Role } from './roles.ts';
import { hashOf } from './users.ts';

export interface Presence {
  readonly status: 'online' | 'idle' | 'dnd' | 'offline';
  readonly activities: readonly object[];
  readonly client_status: { readonly desktop?: string; readonly web?: string; readonly mobile?: string };
}

export interface VoiceState {
  readonly guild_id: Id;
  readonly channel_id: Id | null;
  readonly user_id: Id;
  readonly session_id: string;
  readonly deaf: boolean;
  readonly mute: boolean;
  readonly self_deaf: boolean;
  readonly self_mute: boolean;
  readonly self_stream?: boolean;
  readonly self_video: boolean;
  readonly suppress: boolean;
  readonly request_to_speak_timestamp: string | null;
}

export interface Emoji {
  readonly id: Id;
  readonly name: string;
  readonly roles: readonly Id[];
  readonly user: object;
  readonly require_colons: boolean;
  readonly managed: boolean;
  readonly animated: boolean;
  readonly available: boolean;
}

export interface Sticker {
  readonly id: Id;
  readonly name: string;
  readonly tags: string;
  readonly description: string | null;
  readonly type: number;
  readonly format_type: number;
  readonly available: boolean;
  readonly guild_id: Id;
  readonly user: object;
}

/** Something in the server's calendar. */
export interface ScheduledEvent {
  readonly id: Id;
  readonly guild_id: Id;
  readonly channel_id: Id | null;
  readonly creator_id: Id;
  readonly creator: object;
  readonly name: string;
  readonly description: string | null;
  readonly scheduled_start_time: string;
  readonly scheduled_end_time: string | null;
  readonly privacy_level: number;
  readonly status: number;
  readonly entity_type: number;
  readonly entity_id: Id | null;
  readonly entity_metadata: { readonly location: string } | null;
  readonly image: string | null;
  readonly recurrence_rule: null;
  readonly guild_scheduled_event_exceptions: readonly never[];
}

/** What can be read and edited of a server itself, apart from what lives in it. */
export interface GuildSettings {
  readonly name: string;
  readonly description: string | null;
  readonly icon: string | null;
  readonly afk_channel_id: Id | null;
  readonly afk_timeout: number;
  readonly system_channel_id: Id | null;
  readonly system_channel_flags: number;
  readonly rules_channel_id: Id | null;
  readonly public_updates_channel_id: Id | null;
  readonly safety_alerts_channel_id: Id | null;
  readonly verification_level: number;
  readonly default_message_notifications: number;
  readonly explicit_content_filter: number;
  readonly preferred_locale: string;
  readonly features: readonly string[];
  readonly premium_progress_bar_enabled: boolean;
}

/** A server and what lives in it. The maps are changed by `State` and the routes, their values replaced whole. */
export class Guild {
  readonly id: Id;
  ownerId: Id;
  settings: GuildSettings;
  readonly createdAt: number;
  readonly roles = new Map<Id, Role>();
  readonly members = new Map<Id, Member>();
  readonly channels = new Set<Id>();
  readonly presences = new Map<Id, Presence>();
  readonly voice = new Map<Id, VoiceState>();
  readonly bans = new Map<Id, { readonly reason: string | null }>();
  /** Who has left. A timeout goes on meanwhile, and holds whoever comes back. */
  readonly formerMembers = new Map<Id, Member>();
  readonly emojis = new Map<Id, Emoji>();
  readonly stickers = new Map<Id, Sticker>();
  readonly scheduledEvents = new Map<Id, ScheduledEvent>();
  readonly audit: AuditEntry[] = [];
  /** Kept answers of `channelPermissions`; emptied whenever anything they depend on changes. */
  readonly permissionCache = new Map<string, bigint>();
  /** Until when Discord lets nobody in by invitations, and nobody write to strangers. */
  incidents: { readonly invites_disabled_until: string | null; readonly dms_disabled_until: string | null } | null =
    null;
  /** The server's own invitation, where it has one. */
  vanity: { readonly code: string; readonly uses: number } | null = null;
  /** During an outage Discord announces a server as unavailable. */
  unavailable = false;

  constructor(o: { readonly id: Id; readonly name: string; readonly ownerId: Id; readonly createdAt: number }) {
    this.id = o.id;
    this.ownerId = o.ownerId;
    this.createdAt = o.createdAt;
    this.settings = {
      name: o.name,
      description: null,
      icon: hashOf(`icon ${o.id}`),
      afk_channel_id: null,
      afk_timeout: 300,
      system_channel_id: null,
      system_channel_flags: 0,
      rules_channel_id: null,
      public_updates_channel_id: null,
      safety_alerts_channel_id: null,
      verification_level: 1,
      default_message_notifications: 1,
      explicit_content_filter: 2,
      preferred_locale: 'en-US',
      features: ['COMMUNITY', 'NEWS'],
      premium_progress_bar_enabled: false,
    };
  }

  setMember(member: Member): Member {
    this.members.set(member.user_id, member);
    this.permissionCache.clear();
    return member;
  }

  setRole(role: Role): Role {
    this.roles.set(role.id, role);
    this.permissionCache.clear();
    return role;
  }
}
