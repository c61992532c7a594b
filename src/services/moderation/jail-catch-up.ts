import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Jailed, jailedIn } from '../../db/jails.ts';
import { delay } from '../../lib/deadline.ts';
import { BusyError } from '../../lib/errors.ts';

/** Looked through after a start, the latest first: more are in no jail that anybody still minds. */
const MOST_JAILED = 5_000;
/** So many people Discord tells of in one answer of the gateway. */
const AT_ONCE = 100;
/** The gateway takes so many questions a minute; until it takes more. */
const BUSY_MS = 20_000;

/** Has whoever left while they were in jail, and came back while the bot was away, put into it again. Rejects with DatabaseAwayError. */
export async function jailWhoCameBack(all: readonly Guild[], context: Context, signal: AbortSignal): Promise<void> {
  const guilds = new Map(all.map((guild) => [guild.id, guild]));
  const asked = { guilds: [...guilds.keys()], now: context.now(), limit: MOST_JAILED };
  const jailed = Map.groupBy(await jailedIn(context.db, asked), ({ guild }) => guild);
  for (const [id, all] of jailed) {
    const guild = guilds.get(id);
    for (let at = 0; guild && at < all.length; at += AT_ONCE) {
      try {
        await jailSome(guild, all.slice(at, at + AT_ONCE), context, signal);
      } catch (error) {
        signal.throwIfAborted();
        context.log.info({ error, guild: id }, 'who is in jail could not be looked for');
      }
    }
  }
}

async function jailSome(guild: Guild, some: readonly Jailed[], context: Context, signal: AbortSignal): Promise<void> {
  const { timers, now } = context;
  for (const member of await membersOf(guild, some, context, signal)) {
    const one = some.find(({ target, role }) => target === member.id && role !== null && !member.roles.cache.has(role));
    if (!one) continue;
    const payload = { case: one.number };
    await timers.add({ kind: 'jail-again', owner: member.id, guild: guild.id, payload, due: now(), zone: 'UTC' });
  }
}

async function membersOf(guild: Guild, some: readonly Jailed[], context: Context, signal: AbortSignal) {
  const ids = [...new Set(some.map(({ target }) => target))];
  for (;;) {
    try {
      return await context.gateway.members.membersAmong(guild, ids);
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      await delay(BUSY_MS, { signal });
    }
  }
}
