import type { Guild } from 'discord.js';
import { UserError } from '../services/answers/user-error.ts';
import type { Words } from '../services/answers/words.ts';
import {
  demandOf,
  HIGHEST_FOR_ALL,
  type Person,
  type Ranks,
  rankOfPermissions,
  standingOf,
} from '../services/permissions/ranks.ts';
import { rankWords } from '../services/permissions/words.ts';
import type { Rules } from './define.ts';

/** Whose rank is set: a role's, a person's (here or not), or the one a command asks for. */
export type Subject =
  | { readonly of: 'roles'; readonly id: string; readonly named: Words }
  | { readonly of: 'people'; readonly id: string; readonly named: Words; readonly person: Person | undefined }
  | { readonly of: 'commands'; readonly id: string; readonly named: Words; readonly rules: Rules };

interface Setting {
  readonly subject: Subject;
  /** Nothing takes it away. */
  readonly rank: number | undefined;
  readonly by: Person;
}

/**
 * What is stored when a rank is set. Nobody gives what they do not have, or takes it from whoever is not below them
 * (UserError); owners and operators are above all. The first rank of a role brings one for every role that has had
 * Discord's permissions so far: they count no more from then on, and nobody is to lose what they could do.
 */
export function withRank(ranks: Ranks, setting: Setting, guild: Guild | null): Partial<Ranks> {
  const { subject, rank } = setting;
  const unranked = Object.keys(ranks.roles).length === 0;
  const roles = unranked ? seeded(guild) : stillThere(ranks.roles, guild);
  refuse(setting, { ...ranks, roles });
  const first = unranked && rank !== undefined;
  const before = subject.of !== 'roles' ? ranks[subject.of] : unranked && !first ? {} : roles;
  const { [subject.id]: _, ...others } = before;
  return { [subject.of]: rank === undefined ? others : { ...others, [subject.id]: rank } };
}

/** The ranks that roles have by Discord's permissions; those of bots are nobody's to use. */
function seeded(guild: Guild | null): Readonly<Record<string, number>> {
  const roles = [...(guild?.roles.cache.values() ?? [])].filter(({ tags }) => tags?.botId === undefined);
  const entries = roles.map(({ id, permissions }) => {
    const rank = rankOfPermissions(permissions);
    return [id, id === guild?.id ? Math.min(rank, HIGHEST_FOR_ALL) : rank] as const;
  });
  return Object.fromEntries(entries.filter(([, rank]) => rank > 0));
}

function stillThere(roles: Ranks['roles'], guild: Guild | null): Ranks['roles'] {
  return Object.fromEntries(Object.entries(roles).filter(([id]) => guild === null || guild.roles.cache.has(id)));
}

/** `ranks` with those that roles have by Discord's permissions where none were given: what is above somebody is so before, too. */
function refuse({ subject, rank, by }: Setting, ranks: Ranks): void {
  const own = standingOf(by, ranks);
  if (subject.of === 'commands' && subject.rules.ownersOnly) throw new UserError('permissionsOf.operatorsOnly');
  if (subject.of === 'roles' && subject.id === by.guildId && (rank ?? 0) > HIGHEST_FOR_ALL)
    throw new UserError('permissionsOf.notForAll', { highest: rankWords(HIGHEST_FOR_ALL) });
  if (own.by === 'operator' || own.by === 'owner') return;
  const params = { own: rankWords(own.rank), what: subject.named };
  if (subject.of === 'commands') {
    const now = demandOf(subject.id, subject.rules.needs, ranks).rank;
    if (Math.max(now, rank ?? 0) > own.rank) throw new UserError('permissionsOf.commandAbove', params);
    return;
  }
  if ((rank ?? 0) >= own.rank) throw new UserError('permissionsOf.notYours', params);
  if (nowOf(subject, ranks) >= own.rank) throw new UserError('permissionsOf.notBelow', params);
}

/** The rank that a role or person has before. */
function nowOf(subject: Exclude<Subject, { of: 'commands' }>, ranks: Ranks): number {
  if (subject.of === 'roles') return ranks.roles[subject.id] ?? 0;
  if (subject.person) return standingOf(subject.person, ranks).rank;
  return ranks.people[subject.id] ?? 0;
}
