import type { Guild, GuildMember } from 'discord.js';
import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { type Join, joinsWatchedSince, unseenJoins, watchJoinsSince } from '../../db/seen-joins.ts';
import { delay } from '../../lib/deadline.ts';
import { KINDS } from '../logs/kinds.ts';
import { saysOrGives } from './joining.ts';
import { kicks } from './orders.ts';

type Needs = Pick<
  Context,
  'db' | 'eventLogs' | 'gateway' | 'inFlight' | 'joining' | 'log' | 'memberStays' | 'now' | 'settings' | 'tally'
>;

/** Whoever joined longer ago has found their way without the bot. */
const LONGEST_MS = 7 * 86_400_000;
/** Of whom the log tells, and who is welcomed: the timers of welcomes are as late as that at most. */
const RECENT_MS = 3_600_000;
/** What Discord tells of in one answer, and how many answers are read of a server. */
const PAGE = 1_000;
const MOST_PAGES = 50;
/** For so many something is arranged of a server, the latest first. */
const MOST_MISSED = 1_000;
const DEADLINE_MS = 30 * 60_000;
/** Between two tries while the database is away. */
const AGAIN_MS = 15_000;

interface Looking {
  /** Whether the log tells of them, and they are counted: where the bot was there, but not the database, it has. */
  readonly logs: boolean;
}

/** Does for whoever joined while the bot was away what is done for who joins. Behind all that people wait for. */
export function welcomeMissed(guilds: readonly Guild[], context: Needs): void {
  begin('looking for who joined meanwhile', guilds, { logs: true }, context);
}

/** The same for a server in which somebody joined while the database was away: once it is back, however many there were. */
export function welcomeOnceBack(guild: Guild, context: Needs): void {
  const what = `joins of ${guild.id}`;
  if (!context.inFlight.list().some(({ name }) => name === what)) begin(what, [guild], { logs: false }, context);
}

function begin(what: string, guilds: readonly Guild[], looking: Looking, context: Needs): void {
  const { gateway, inFlight, log } = context;
  const work = (signal: AbortSignal) => gateway.lanes.within('jobs', () => lookInAll(guilds, looking, context, signal));
  inFlight.track(what, work, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.info({ error }, 'who joined meanwhile is not all known');
  });
}

async function lookInAll(guilds: readonly Guild[], looking: Looking, context: Needs, signal: AbortSignal) {
  // Whoever comes after the bot was back is told of and counted as they come, also while the database is not.
  const begun = context.now();
  for (const guild of guilds) {
    for (;;) {
      signal.throwIfAborted();
      try {
        await lookIn(guild, { ...looking, until: looking.logs ? begun : context.now() }, context, signal);
        break;
      } catch (error) {
        signal.throwIfAborted();
        if (!databaseError(error)) {
          context.log.info({ error, guild: guild.id }, 'who joined meanwhile could not be looked for');
          break;
        }
        await delay(AGAIN_MS, { signal });
      }
    }
  }
}

async function lookIn(
  guild: Guild,
  { logs, until }: Looking & { readonly until: Date },
  context: Needs,
  signal: AbortSignal,
): Promise<void> {
  const { db, eventLogs, joining, log, memberStays, settings, tally } = context;
  const since = await joinsWatchedSince(db, guild.id, until);
  if (since.getTime() >= until.getTime()) return;
  const [welcome, joinRoles, verification] = await Promise.all([
    settings.of(guild.id, 'welcome'),
    settings.of(guild.id, 'joinRoles'),
    settings.of(guild.id, 'verification'),
  ]);
  if (saysOrGives(welcome, joinRoles) || kicks(verification) || eventLogs.tellsOfJoins(guild.id)) {
    const from = Math.max(since.getTime(), until.getTime() - LONGEST_MS);
    const { missed, whole } = await missedIn(guild, { from, until: until.getTime() }, db, signal);
    for (const member of missed.slice(0, MOST_MISSED)) {
      signal.throwIfAborted();
      const at = new Date(timeOf(member));
      const seen = await joining.came(member, at);
      if (seen && logs && !member.user.bot) {
        tally.count(guild.id, 'joins', at);
        memberStays.joined(guild.id, member.id, at);
      }
      const recent = timeOf(member) > until.getTime() - RECENT_MS;
      if (seen && logs && recent) tell(member, eventLogs);
    }
    if (missed.length > 0 || !whole)
      log.info({ guild: guild.id, missed: missed.length, whole }, 'members had joined meanwhile');
  }
  await watchJoinsSince(db, guild.id, until);
}

/** Those who joined in that time and whom nobody has seen, the latest first; `whole` unless there are members who were not looked at. */
async function missedIn(
  guild: Guild,
  { from, until }: { readonly from: number; readonly until: number },
  db: Needs['db'],
  signal: AbortSignal,
): Promise<{ readonly missed: readonly GuildMember[]; readonly whole: boolean }> {
  const missed: GuildMember[] = [];
  let after = '0';
  let whole = false;
  for (let pages = 0; pages < MOST_PAGES && !whole; pages += 1) {
    signal.throwIfAborted();
    const page = await guild.members.list({ limit: PAGE, after, cache: false });
    const lately = [...page.values()].filter((one) => timeOf(one) > from && timeOf(one) <= until);
    const unseen = await unseenJoins(db, guild.id, lately.map(joinOf));
    missed.push(...lately.filter(({ id }) => unseen.has(id)));
    whole = page.size < PAGE;
    after = page.lastKey() ?? after;
  }
  return { missed: missed.toSorted((a, b) => timeOf(b) - timeOf(a)), whole };
}

function joinOf(member: GuildMember): Join {
  return { user: member.id, at: new Date(timeOf(member)) };
}

function timeOf({ joinedTimestamp }: GuildMember): number {
  return joinedTimestamp ?? 0;
}

function tell(member: GuildMember, eventLogs: Needs['eventLogs']): void {
  const make = KINDS['member-join'].on?.guildMemberAdd;
  if (make) eventLogs.heard('member-join', member.guild.id, (known) => make([member], known));
}
