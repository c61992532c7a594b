import { AuditLogEvent } from 'discord.js';

/** An entry of a server's audit log, from the gateway or by REST. */
export interface ForeignEntry {
  readonly id: string;
  readonly action: AuditLogEvent;
  readonly target: string | null;
  readonly executor: string | null;
  readonly reason: string | null | undefined;
  readonly changes: readonly { readonly key: string; readonly new?: unknown }[];
}

/** What an entry is as a case; nothing for what is none. */
export interface ForeignCase {
  readonly type: 'ban' | 'unban' | 'kick' | 'timeout' | 'untimeout';
  readonly until: Date | null;
}

/** What was done, as far as cases are made of it. */
export function foreignCaseOf({ action, changes }: ForeignEntry): ForeignCase | undefined {
  switch (action) {
    case AuditLogEvent.MemberBanAdd:
      return { type: 'ban', until: null };
    case AuditLogEvent.MemberBanRemove:
      return { type: 'unban', until: null };
    case AuditLogEvent.MemberKick:
      return { type: 'kick', until: null };
    case AuditLogEvent.MemberUpdate:
      return timeoutOf(changes);
    default:
      return undefined;
  }
}

function timeoutOf(changes: ForeignEntry['changes']): ForeignCase | undefined {
  const change = changes.find(({ key }) => key === 'communication_disabled_until');
  if (!change) return undefined;
  const until = typeof change.new === 'string' ? new Date(change.new) : undefined;
  if (!until || Number.isNaN(until.getTime())) return { type: 'untimeout', until: null };
  return { type: 'timeout', until };
}
