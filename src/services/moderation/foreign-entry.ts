import { AuditLogEvent } from 'discord.js';

/** An entry of a server's audit log, as Discord tells it. */
export interface ForeignEntry {
  readonly id: string;
  readonly action: number;
  readonly target: string | null;
  readonly executor: string | null;
  readonly reason: string | null | undefined;
  readonly changes: readonly { readonly key: string; readonly old?: unknown; readonly new?: unknown }[];
  /** Of how many, where one entry tells of several. */
  readonly count?: number | undefined;
}

/** What an entry is as a case. */
export interface ForeignCase {
  readonly type:
    | 'ban'
    | 'unban'
    | 'kick'
    | 'prune'
    | 'timeout'
    | 'untimeout'
    | 'role-add'
    | 'channel-delete'
    | 'emoji-delete'
    | 'role-delete'
    | 'sticker-delete'
    | 'purge';
  readonly until?: Date;
  /** What the type's schema says. */
  readonly data?: { readonly role: string } | { readonly count: number };
  /** How it was called, where it is no person. */
  readonly targetName?: string;
}

const NOTHING: readonly ForeignCase[] = [];

/**
 * What was done, as far as cases are made of it. Of roles that are given only those count that let people moderate
 * (`moderates`): the others are given by the thousand.
 */
export function foreignCasesOf(
  { action, changes, count = 1 }: ForeignEntry,
  moderates: (role: string) => boolean,
): readonly ForeignCase[] {
  switch (action) {
    case AuditLogEvent.MemberBanAdd:
      return [{ type: 'ban' }];
    case AuditLogEvent.MemberBanRemove:
      return [{ type: 'unban' }];
    case AuditLogEvent.MemberKick:
      return [{ type: 'kick' }];
    case AuditLogEvent.MemberPrune:
      return [{ type: 'prune', data: { count } }];
    case AuditLogEvent.MemberUpdate:
      return timeoutOf(changes);
    case AuditLogEvent.MemberRoleUpdate:
      return rolesOf(changes)
        .filter(moderates)
        .map((role) => ({ type: 'role-add', data: { role } }));
    case AuditLogEvent.MessageBulkDelete:
      return [{ type: 'purge', data: { count } }];
    default:
      return deletionOf(action, changes);
  }
}

function timeoutOf(changes: ForeignEntry['changes']): readonly ForeignCase[] {
  const change = changes.find(({ key }) => key === 'communication_disabled_until');
  if (!change) return NOTHING;
  const until = typeof change.new === 'string' ? new Date(change.new) : undefined;
  if (!until || Number.isNaN(until.getTime())) return [{ type: 'untimeout' }];
  return [{ type: 'timeout', until }];
}

function rolesOf(changes: ForeignEntry['changes']): readonly string[] {
  const given = changes.find(({ key }) => key === '$add')?.new;
  const roles: readonly unknown[] = Array.isArray(given) ? given : [];
  return roles.flatMap((one) =>
    typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [],
  );
}

function deletionOf(action: number, changes: ForeignEntry['changes']): readonly ForeignCase[] {
  const name = changes.find(({ key }) => key === 'name')?.old;
  const own = typeof name === 'string' ? name : '?';
  switch (action) {
    case AuditLogEvent.ChannelDelete:
      return [{ type: 'channel-delete', targetName: `#${own}` }];
    case AuditLogEvent.RoleDelete:
      return [{ type: 'role-delete', targetName: `@${own}` }];
    case AuditLogEvent.EmojiDelete:
      return [{ type: 'emoji-delete', targetName: `:${own}:` }];
    case AuditLogEvent.StickerDelete:
      return [{ type: 'sticker-delete', targetName: own }];
    default:
      return NOTHING;
  }
}
