import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { type APIGuildMember, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import type { NewItem } from '../../db/mass-runs.ts';
import { UserError } from '../answers/user-error.ts';

/** Half of what Discord gives in one answer, so that none takes long to be read. */
const PAGE = 500;
/** No more of a server are looked through. */
const MOST_READ = 100_000;

/** Which members are meant: all that is set has to fit. */
interface MemberFilter {
  readonly guild: string;
  /** Roles, all of them. */
  readonly has: readonly string[];
  readonly lacks?: string | undefined;
  readonly joinedBefore?: Date | undefined;
  readonly who?: 'bots' | 'humans' | undefined;
  /** Of more than so many the first by their accounts' age. */
  readonly most: number;
}

/** Goes through the members of a server. `more`: not all that fit are among them. UserError where Discord does not list them. */
export async function findMembers(
  filter: MemberFilter,
  { discord }: Pick<Context, 'discord'>,
  signal: AbortSignal,
): Promise<{ readonly items: readonly NewItem[]; readonly more: boolean }> {
  const items: NewItem[] = [];
  const self = discord.user?.id;
  let after = '0';
  for (let read = 0; read < MOST_READ; read += PAGE) {
    const page = await pageOf(filter.guild, after, discord, signal);
    for (const member of page) {
      if (member.user.id === self || !fits(member, filter)) continue;
      if (items.length >= filter.most) return { items, more: true };
      items.push({ target: member.user.id, name: member.user.username });
    }
    if (page.length < PAGE) return { items, more: false };
    after = page.reduce((last, { user }) => (BigInt(user.id) > BigInt(last) ? user.id : last), after);
  }
  return { items, more: true };
}

async function pageOf(guild: string, after: string, { rest }: Context['discord'], signal: AbortSignal) {
  const query = new URLSearchParams({ after, limit: String(PAGE) });
  try {
    return (await rest.get(Routes.guildMembers(guild), { query, signal })) as APIGuildMember[]; // what Discord answers to this
  } catch (error) {
    const closed = error instanceof DiscordAPIError && error.code === Code.MissingAccess;
    throw closed ? new UserError('mass.targets.noList', {}, { cause: error }) : error;
  }
}

function fits({ user, roles, joined_at: joined }: APIGuildMember, filter: MemberFilter): boolean {
  const { has, lacks, joinedBefore, who } = filter;
  if (!has.every((id) => id === filter.guild || roles.includes(id))) return false; // all have the server's own role
  if (lacks !== undefined && roles.includes(lacks)) return false;
  if (joinedBefore && !(joined && new Date(joined) < joinedBefore)) return false;
  return who === undefined || (who === 'bots') === (user.bot ?? false);
}
