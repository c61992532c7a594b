import { type Static, Type } from '@sinclair/typebox';
import type { APIGuildMember } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Attached } from '../answers/answer.ts';
import { type MemberFilter, pagesOfMembers } from '../mass/find-members.ts';

const Ms = Type.Optional(Type.Number());

/** What is looked for among members, as it is kept. Times in milliseconds. */
export const SoughtMembers = Type.Object({
  pattern: Type.Optional(Type.Object({ source: Type.String(), ignoreCase: Type.Boolean() })),
  role: Type.Optional(Type.String()),
  without: Type.Optional(Type.String()),
  joinedAfter: Ms,
  joinedBefore: Ms,
  madeAfter: Ms,
  madeBefore: Ms,
  who: Type.Optional(Type.Union([Type.Literal('humans'), Type.Literal('bots')])),
  order: Type.Union([
    Type.Literal('newest'),
    Type.Literal('oldest'),
    Type.Literal('name'),
    Type.Literal('youngestAccount'),
    Type.Literal('oldestAccount'),
  ]),
});
export type SoughtMembers = Static<typeof SoughtMembers>;

/** How far a search is. */
export interface Searching {
  read: number;
  found: number;
  /** Whether there are members who were not looked at any more. */
  more: boolean;
}

export interface FoundInOrder {
  /** With commas between. */
  readonly ids: string;
  readonly file: Attached | undefined;
}

/** Looks through the members of a server, and has a thread put those who fit in order. UserError where Discord does not list them. */
export async function searchMembers(
  { guild, sought, asFile }: { readonly guild: string; readonly sought: SoughtMembers; readonly asFile: boolean },
  searching: Searching,
  context: Context,
  signal: AbortSignal,
): Promise<FoundInOrder> {
  const pages: string[] = [];
  for await (const { members, read, more } of pagesOfMembers(filterOf(guild, sought), context, signal)) {
    searching.read += read;
    searching.found += members.length;
    searching.more = more;
    if (members.length > 0) pages.push(JSON.stringify(members.map(plainOf)));
  }
  const { ids, file } = await context.workers.offload(
    'sortMembers',
    { pages, order: sought.order, asFile },
    { signal, deadlineMs: 30_000 },
  );
  if (!file) return { ids, file: undefined };
  return { ids, file: { name: `members.csv${file.packed ? '.gz' : ''}`, bytes: new Uint8Array(file.bytes).slice() } };
}

function filterOf(guild: string, sought: SoughtMembers): Omit<MemberFilter, 'most'> {
  const { pattern, role, without, joinedAfter, joinedBefore, madeAfter, madeBefore, who } = sought;
  const at = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));
  return {
    ...{ guild, pattern, who, lacks: without, has: role === undefined ? [] : [role], itself: true },
    ...{ joinedAfter: at(joinedAfter), joinedBefore: at(joinedBefore) },
    ...{ createdAfter: at(madeAfter), createdBefore: at(madeBefore) },
  };
}

/** As the thread takes it. */
function plainOf({ user, nick, joined_at: joined, roles }: APIGuildMember) {
  return {
    ...{ id: user.id, username: user.username, displayName: user.global_name ?? '', nickname: nick ?? '' },
    ...{ joined: joined ? Date.parse(joined) : null, made: snowflakeTime(user.id), bot: user.bot ?? false, roles },
  };
}
