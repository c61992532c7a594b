import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { AreaValue } from '../settings/areas.ts';

/** Ranks go from 0, which everybody has, to this one, which is the owner's. */
export const HIGHEST_RANK = 10;
/** What `@everyone` can be given: from the next rank on, people moderate. */
export const HIGHEST_FOR_ALL = 2;

/** The rank that goes with each permission of Discord's, in servers that have given out no ranks of their own. */
const RANK_OF: readonly (readonly [permission: bigint, rank: number])[] = [
  [PermissionFlagsBits.Administrator, 9],
  [PermissionFlagsBits.ManageGuild, 8],
  [PermissionFlagsBits.ManageRoles, 7],
  [PermissionFlagsBits.ManageChannels, 7],
  [PermissionFlagsBits.BanMembers, 6],
  [PermissionFlagsBits.KickMembers, 5],
  [PermissionFlagsBits.ModerateMembers, 4],
  [PermissionFlagsBits.MoveMembers, 4],
  [PermissionFlagsBits.MuteMembers, 4],
  [PermissionFlagsBits.DeafenMembers, 4],
  [PermissionFlagsBits.ManageNicknames, 4],
  [PermissionFlagsBits.ManageMessages, 3],
];

/** What a server has settled about who may do what. */
export type Ranks = AreaValue<'permissions'>;

/** Somebody in a server, as far as it matters for what they may do there. */
export interface Person {
  readonly id: string;
  /** Of their server; its `@everyone` role has the same. */
  readonly guildId: string;
  readonly ownerId: string | undefined;
  readonly roles: readonly string[];
  /** Discord's permissions of theirs in the whole server: what a channel gives makes nobody a moderator of all. */
  readonly held: Readonly<PermissionsBitField>;
  /** Whether they run the bot. */
  readonly operator: boolean;
}

/** A person's rank and where it comes from. */
export type Standing =
  | { readonly by: 'operator' | 'owner' | 'frozen' | 'person' | 'discord' | 'nothing'; readonly rank: number }
  | { readonly by: 'role'; readonly rank: number; readonly role: string };

/** What is asked of whoever uses something. */
export interface Demand {
  readonly rank: number;
  /** Discord's permissions, all of them: what counts where a server has given out no ranks. */
  readonly needs: bigint;
  /** Whether the server has set the rank itself. */
  readonly set: boolean;
}

/** A person's own rank counts before those of their roles, of which the highest does; without either, Discord's permissions. A frozen one is 0. */
export function standingOf({ id, guildId, ownerId, roles, held, operator }: Person, ranks: Ranks): Standing {
  if (operator) return { by: 'operator', rank: HIGHEST_RANK };
  if (id === ownerId) return { by: 'owner', rank: HIGHEST_RANK };
  if (ranks.frozen.includes(id)) return { by: 'frozen', rank: 0 };
  const own = ranks.people[id];
  if (own !== undefined) return { by: 'person', rank: own };
  if (Object.keys(ranks.roles).length === 0) return { by: 'discord', rank: rankOfPermissions(held) };
  const [best] = [guildId, ...roles]
    .flatMap((role) =>
      ranks.roles[role] === undefined ? [] : [{ by: 'role', role, rank: ranks.roles[role] } as const],
    )
    .sort((a, b) => b.rank - a.rank);
  return best ?? { by: 'nothing', rank: 0 };
}

/** What `what` asks for: as the server has set it for this subcommand or for the whole command, else what goes with `needs`. */
export function demandOf(what: string, needs = 0n, { commands }: Pick<Ranks, 'commands'>): Demand {
  const set = commands[what] ?? commands[what.split(' ')[0] ?? what];
  return { rank: set ?? rankOfNeeds(needs), needs, set: set !== undefined };
}

/** Whether Discord's permissions alone decide: the server has given this person no rank, and has set none for what is asked. */
export function discordDecides({ by }: Standing, { set }: Demand): boolean {
  return by === 'discord' && !set;
}

/** `held` are the permissions that count for what is asked: of the server, or of one channel. */
export function allows(standing: Standing, demand: Demand, { held }: Pick<Person, 'held'>): boolean {
  if (discordDecides(standing, demand)) return held.has(demand.needs);
  return standing.rank >= demand.rank;
}

/** The highest rank that a person's or a role's permissions stand for. */
export function rankOfPermissions(held: Readonly<PermissionsBitField>): number {
  return RANK_OF.find(([permission]) => held.has(permission, false))?.[1] ?? 0;
}

/** The rank that goes with permissions a command needs; what is not in the list is at least what a moderator has. */
function rankOfNeeds(needs: bigint): number {
  if (needs === 0n) return 0;
  const listed = RANK_OF.find(([permission]) => (needs & permission) === permission);
  return listed?.[1] ?? HIGHEST_FOR_ALL + 1;
}
