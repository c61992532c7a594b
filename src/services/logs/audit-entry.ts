import { AuditLogEvent as A } from 'discord.js';
import type { GatewayGuildAuditLogEntryCreateDispatchData } from 'discord-api-types/v10';

/** An entry of the audit log as the gateway tells of it. */
export type AuditEntry = GatewayGuildAuditLogEntryCreateDispatchData;

interface Change {
  readonly key: string;
  readonly old: unknown;
  readonly new: unknown;
}

/** What an entry says was changed. */
export function changesIn({ changes = [] }: Pick<AuditEntry, 'changes'>): readonly Change[] {
  return changes.map((change) => ({ key: change.key, old: change.old_value, new: change.new_value }));
}

export function changeIn(entry: Pick<AuditEntry, 'changes'>, key: string): Change | undefined {
  return changesIn(entry).find((change) => change.key === key);
}

/** By what an entry and the event that tells of the same are known to belong together. */
export function auditKey(action: A, ...parts: readonly (string | null | undefined)[]): string {
  return [action, ...parts].join(':');
}

/** By which keys an entry is looked for. */
export function keysOf(entry: AuditEntry): readonly string[] {
  const { action_type: action, target_id: target, options } = entry;
  switch (action as number as A) {
    case A.MessageDelete:
      return [auditKey(A.MessageDelete, target, options?.channel_id)];
    case A.ChannelOverwriteCreate:
    case A.ChannelOverwriteUpdate:
    case A.ChannelOverwriteDelete:
      return [auditKey(A.ChannelOverwriteUpdate, target, options?.id)];
    case A.InviteCreate:
    case A.InviteDelete: {
      const code = changeIn(entry, 'code');
      return [auditKey(action as number as A, String(code?.new ?? code?.old))];
    }
    case A.MemberUpdate:
      return changesIn(entry).map(({ key }) => auditKey(A.MemberUpdate, target, key));
    case A.AutoModerationUserCommunicationDisabled:
      return [auditKey(A.MemberUpdate, target, 'communication_disabled_until')];
    case A.MemberMove:
      return [auditKey(A.MemberMove, options?.channel_id)];
    case A.MemberDisconnect:
      return [auditKey(A.MemberDisconnect)];
    default:
      return [auditKey(action as number as A, target)];
  }
}
