import { AuditLogEvent } from 'discord.js';
import type { AreaValue } from '../settings/areas.ts';

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
  /** Where people were moved to in voice. */
  readonly channel?: string | undefined;
  /** Of Discord's AutoMod: the name of the rule that acted. */
  readonly rule?: string | undefined;
  /** Of a timeout that says no time itself: until when the member is in it. */
  readonly until?: Date | undefined;
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
    | 'nick'
    | 'role-add'
    | 'role-remove'
    | 'voice-deafen'
    | 'voice-kicks'
    | 'voice-moves'
    | 'voice-mute'
    | 'voice-undeafen'
    | 'voice-unmute'
    | 'channel-delete'
    | 'emoji-delete'
    | 'role-delete'
    | 'sticker-delete'
    | 'purge';
  readonly until?: Date;
  /** What the type's schema says. */
  readonly data?: /** `harmless`: it lets nobody moderate, and no brake counts it. */
    | { readonly role: string; readonly harmless?: true }
    | { readonly count: number }
    | { readonly nick: string | null; readonly before: string | null };
  /** Whom or what it was done to, where the entry does not say. */
  readonly target?: string;
  /** How it was called, where it is no person. */
  readonly targetName?: string;
  /** Whether Discord did it by itself, by a rule with this name. */
  readonly rule?: string;
  /** Whether it is kept since too much of it is stopped, which it never is of an owner [false]. */
  readonly forBrake?: true;
}

/** What is done by people all the time, and becomes cases where a server wants that. */
type ForeignKind = AreaValue<'moderation'>['recorded'][number];

/** What of an entry counts: roles that let people moderate count always, the others are given by the thousand. */
export interface Wanted {
  readonly moderates: (role: string) => boolean;
  readonly wants: (kind: ForeignKind) => boolean;
}

const NOTHING: readonly ForeignCase[] = [];

/** What was done, as far as cases are made of it. */
export function foreignCasesOf(entry: ForeignEntry, wanted: Wanted): readonly ForeignCase[] {
  const { action, changes, count = 1, channel, rule, until } = entry;
  const { wants } = wanted;
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
      return memberCases(entry, wanted);
    case AuditLogEvent.MemberRoleUpdate:
      return roleCases(entry, wanted);
    case AuditLogEvent.MemberMove:
      return wants('voice') && channel !== undefined ? [{ type: 'voice-moves', target: channel }] : NOTHING;
    case AuditLogEvent.MemberDisconnect:
      return wants('voice') ? [{ type: 'voice-kicks' }] : NOTHING;
    case AuditLogEvent.AutoModerationUserCommunicationDisabled:
      return until ? [{ type: 'timeout', until, rule: rule ?? '' }] : NOTHING;
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

function memberCases(entry: ForeignEntry, { wants }: Wanted): readonly ForeignCase[] {
  const { changes, target, executor } = entry;
  const nick = target === executor ? undefined : changes.find(({ key }) => key === 'nick');
  return [
    ...timeoutOf(changes),
    ...(nick && wants('nicks')
      ? [{ type: 'nick', data: { nick: textOf(nick.new), before: textOf(nick.old) } } as const]
      : []),
    ...(wants('voice') ? voiceCases(changes) : []),
  ];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function voiceCases(changes: ForeignEntry['changes']): readonly ForeignCase[] {
  return changes.flatMap(({ key, new: on }): ForeignCase | readonly ForeignCase[] => {
    if (key === 'mute') return { type: on === true ? 'voice-mute' : 'voice-unmute' };
    return key === 'deaf' ? { type: on === true ? 'voice-deafen' : 'voice-undeafen' } : NOTHING;
  });
}

/** What somebody takes or leaves for themselves, as Discord's own questions to newcomers let them, is nobody's doing. */
function roleCases({ changes, target, executor }: ForeignEntry, { moderates, wants }: Wanted): readonly ForeignCase[] {
  const all = wants('roles') && target !== executor;
  const given = rolesIn(changes, '$add').filter((role) => all || moderates(role));
  return [
    ...given.map((role): ForeignCase => {
      const data = moderates(role) ? { role } : { role, harmless: true as const };
      return { type: 'role-add', data, ...(!all && { forBrake: true }) };
    }),
    ...(all ? rolesIn(changes, '$remove').map((role): ForeignCase => ({ type: 'role-remove', data: { role } })) : []),
  ];
}

function rolesIn(changes: ForeignEntry['changes'], which: '$add' | '$remove'): readonly string[] {
  const given = changes.find(({ key }) => key === which)?.new;
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
      return [{ type: 'channel-delete', targetName: `#${own}`, forBrake: true }];
    case AuditLogEvent.RoleDelete:
      return [{ type: 'role-delete', targetName: `@${own}`, forBrake: true }];
    case AuditLogEvent.EmojiDelete:
      return [{ type: 'emoji-delete', targetName: `:${own}:`, forBrake: true }];
    case AuditLogEvent.StickerDelete:
      return [{ type: 'sticker-delete', targetName: own, forBrake: true }];
    default:
      return NOTHING;
  }
}
