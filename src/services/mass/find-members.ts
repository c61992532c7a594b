import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { type APIGuildMember, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import type { NewItem } from '../../db/mass-runs.ts';
import { snowflakeTime } from '../../lib/snowflake.ts';
import { UserError } from '../answers/user-error.ts';
import { type PatternSource, textsMatching } from '../patterns/patterns.ts';

/** Half of what Discord gives in one answer, so that none takes long to be read. */
const PAGE = 500;
/** No more of a server are looked through. */
export const MOST_READ = 100_000;

/** Which members are meant: all that is set has to fit. */
export interface MemberFilter {
  readonly guild: string;
  /** Roles, all of them. */
  readonly has?: readonly string[] | undefined;
  readonly lacks?: string | undefined;
  /** Whether they have no role at all; false: whether they have one. */
  readonly noRole?: boolean | undefined;
  readonly joinedBefore?: Date | undefined;
  readonly joinedAfter?: Date | undefined;
  /** When the account was made, at the earliest. */
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly who?: 'bots' | 'humans' | undefined;
  /** Whether the bot itself is meant, too. */
  readonly itself?: boolean | undefined;
  /** What a name, display name or nickname is to fit. */
  readonly pattern?: PatternSource | undefined;
  /** Of more than so many the first by their accounts' age. */
  readonly most: number;
}

export interface FoundMembers {
  readonly items: readonly NewItem[];
  /** How many were looked at. */
  readonly read: number;
  /** Whether not all that fit are among the items. */
  readonly more: boolean;
}

/** Goes through the members of a server, who are kept nowhere. UserError where Discord does not list them. */
export async function findMembers(
  filter: MemberFilter,
  context: Pick<Context, 'discord' | 'workers'>,
  signal: AbortSignal,
): Promise<FoundMembers> {
  const items: NewItem[] = [];
  let read = 0;
  let more = false;
  for await (const page of pagesOfMembers(filter, context, signal)) {
    read += page.read;
    more = page.more;
    for (const { user } of page.members) {
      if (items.length >= filter.most) return { items, read, more: true };
      items.push({ target: user.id, name: user.username });
    }
  }
  return { items, read, more };
}

export interface PageOfMembers {
  /** Those who fit. */
  readonly members: readonly APIGuildMember[];
  /** How many were looked at for it. */
  readonly read: number;
  /** Whether there are members whom it was not asked for. */
  readonly more: boolean;
}

/** Those who fit, page by page as Discord lists the members, up to the bound. UserError where it does not list them. */
export async function* pagesOfMembers(
  filter: Omit<MemberFilter, 'most'>,
  context: Pick<Context, 'discord' | 'workers'>,
  signal: AbortSignal,
): AsyncGenerator<PageOfMembers, void, undefined> {
  let after = '0';
  for (let read = 0; read < MOST_READ; ) {
    const page = await pageOf(filter.guild, after, context.discord, signal);
    read += page.length;
    const full = page.length >= PAGE;
    yield { members: await fitting(page, filter, context, signal), read: page.length, more: full };
    if (!full) return;
    after = page.reduce((last, { user }) => (BigInt(user.id) > BigInt(last) ? user.id : last), after);
  }
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

async function fitting(
  page: readonly APIGuildMember[],
  filter: Omit<MemberFilter, 'most'>,
  { discord, workers }: Pick<Context, 'discord' | 'workers'>,
  signal: AbortSignal,
): Promise<readonly APIGuildMember[]> {
  const plain = page.filter((member) => (filter.itself || member.user.id !== discord.user?.id) && fits(member, filter));
  if (!filter.pattern || plain.length === 0) return plain;
  const names = plain.flatMap((member, at) => namesOf(member).map((name) => ({ at, name })));
  const texts = names.map(({ name }) => name);
  const found = await textsMatching(workers, filter.pattern, texts, { signal });
  const places = new Set([...found].map((place) => names[place]?.at));
  return plain.filter((_, at) => places.has(at));
}

function fits(member: APIGuildMember, filter: Omit<MemberFilter, 'most'>): boolean {
  const { user, roles } = member;
  const { has = [], lacks, noRole, who } = filter;
  if (!has.every((id) => id === filter.guild || roles.includes(id))) return false; // all have the server's own role
  if (lacks !== undefined && roles.includes(lacks)) return false;
  if (noRole !== undefined && (roles.length === 0) !== noRole) return false;
  if (who !== undefined && (who === 'bots') !== (user.bot ?? false)) return false;
  return isOfTime(member, filter);
}

function isOfTime({ user, joined_at: joined }: APIGuildMember, filter: Omit<MemberFilter, 'most'>): boolean {
  const { joinedBefore, joinedAfter, createdAfter, createdBefore } = filter;
  const joinedAt = joined ? Date.parse(joined) : Number.NaN; // of a guest it is not known, who fits neither
  if (joinedBefore && !(joinedAt < joinedBefore.getTime())) return false;
  if (joinedAfter && !(joinedAt >= joinedAfter.getTime())) return false;
  const madeAt = snowflakeTime(user.id);
  if (createdBefore && !(madeAt < createdBefore.getTime())) return false;
  return !createdAfter || madeAt >= createdAfter.getTime();
}

function namesOf({ user, nick }: APIGuildMember): readonly string[] {
  return [user.username, user.global_name, nick].flatMap((name) => name ?? []);
}
