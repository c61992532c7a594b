import type { Id } from '../snowflake.ts';

export interface AuditChange {
  readonly key: string;
  readonly old_value?: unknown;
  readonly new_value?: unknown;
}

/** One line of a server's audit log. `target_id` names who or what it was done to. */
export interface AuditEntry {
  readonly id: Id;
  readonly user_id: Id;
  readonly target_id: Id | null;
  readonly action_type: number;
  readonly changes?: readonly AuditChange[];
  readonly options?: Readonly<Record<string, string>>;
  readonly reason?: string;
}

/** The kinds of entries, by what Discord's documentation calls them. */
export const AUDIT = {
  guildUpdate: 1,
  channelCreate: 10,
  channelUpdate: 11,
  channelDelete: 12,
  overwriteCreate: 13,
  overwriteUpdate: 14,
  overwriteDelete: 15,
  memberKick: 20,
  memberPrune: 21,
  banAdd: 22,
  banRemove: 23,
  memberUpdate: 24,
  memberRoles: 25,
  memberMove: 26,
  memberDisconnect: 27,
  botAdd: 28,
  roleCreate: 30,
  roleUpdate: 31,
  roleDelete: 32,
  inviteCreate: 40,
  inviteDelete: 42,
  webhookCreate: 50,
  webhookUpdate: 51,
  webhookDelete: 52,
  emojiCreate: 60,
  emojiUpdate: 61,
  emojiDelete: 62,
  messageDelete: 72,
  messageBulkDelete: 73,
  messagePin: 74,
  messageUnpin: 75,
  stickerCreate: 90,
  stickerUpdate: 91,
  stickerDelete: 92,
  eventCreate: 100,
  eventUpdate: 101,
  eventDelete: 102,
  threadCreate: 110,
  threadUpdate: 111,
  threadDelete: 112,
  autoModTimeout: 145,
} as const;

/** What differs between two versions of a thing, for the keys given: the form the audit log shows. */
export function changesOf<T extends object>(before: T, after: T, keys: readonly (keyof T & string)[]): AuditChange[] {
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ key, old_value: before[key], new_value: after[key] }));
}
