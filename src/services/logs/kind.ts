import type { AuditLogEvent, Client, ClientEvents, Guild } from 'discord.js';
import type {
  GatewayDispatchEvents as G,
  GatewayGuildMemberRemoveDispatchData,
  GatewayGuildMemberUpdateDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageUpdateDispatchData,
  GatewayThreadDeleteDispatchData,
} from 'discord-api-types/v10';
import type { Db } from '../../db/connect.ts';
import type { InvitesUsed } from '../joining/invites-used.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { Made } from './entry.ts';
import type { KeptMessages } from './kept-messages.ts';
import type { KnownMembers } from './known-members.ts';

/** What belongs together, and can be given one channel. */
export const GROUPS = [
  'messages',
  'members',
  'moderation',
  'roles',
  'channels',
  'threads',
  'emojis',
  'invites',
  'webhooks',
  'voice',
  'server',
] as const;
export type Group = (typeof GROUPS)[number];

/** What of Discord's own words is heard: before discord.js makes objects of it, so that its caches still say what was before. */
export interface LoggedPackets {
  readonly [G.MessageUpdate]: GatewayMessageUpdateDispatchData;
  readonly [G.MessageDelete]: GatewayMessageDeleteDispatchData;
  readonly [G.MessageDeleteBulk]: GatewayMessageDeleteBulkDispatchData;
  readonly [G.GuildMemberRemove]: GatewayGuildMemberRemoveDispatchData;
  readonly [G.GuildMemberUpdate]: GatewayGuildMemberUpdateDispatchData;
  readonly [G.ThreadDelete]: GatewayThreadDeleteDispatchData;
}

/** What kinds may ask. */
export interface Knowledge {
  readonly client: Client;
  readonly db: Db;
  readonly messages: KeptMessages;
  readonly members: KnownMembers;
  readonly invites: Pick<InvitesUsed, 'of'>;
  readonly now: () => Date;
}

type One = Made | undefined;
/** What an event comes to; a promise where something has to be looked up first. */
export type Making = One | readonly Made[] | Promise<One>;

type Makers<Events> = { readonly [E in keyof Events]?: (event: Events[E], known: Knowledge) => Making };
type FromAudit = { readonly [A in AuditLogEvent]?: (entry: AuditEntry, guild: Guild) => One };

/** One kind of thing that servers can be told of. Its name is its file's. */
export interface LogKind {
  readonly group: Group;
  /** By events of discord.js; what they come with is a tuple. */
  readonly on?: Makers<ClientEvents>;
  readonly packets?: Makers<LoggedPackets>;
  /** By entries of the audit log of which no event has told. */
  readonly audit?: FromAudit;
  /** Whether no event ever tells of it as the audit log does: it is told at once. */
  readonly auditAlone?: boolean;
}

export function defineLogKind<const K extends LogKind>(kind: K): LogKind {
  return kind;
}
