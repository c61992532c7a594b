import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { forgetRoles, keepRoles } from '../../db/member-roles.ts';

type Needs = Pick<Context, 'db' | 'gateway' | 'inFlight' | 'log' | 'now' | 'settings'>;

/** What Discord tells of in one answer. */
const PAGE = 1_000;
const DEADLINE_MS = 20 * 60_000;

/** Notes which roles everybody has, in servers that give them back; of the others they are forgotten. Behind all that people wait for. */
export function noteRoles(guilds: readonly Guild[], context: Needs): void {
  const { gateway, inFlight, log } = context;
  const work = (signal: AbortSignal) => gateway.lanes.within('jobs', () => noteAll(guilds, context, signal));
  inFlight.track('noting all roles', work, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error }, 'not of all members it is known which roles they have');
  });
}

async function noteAll(guilds: readonly Guild[], context: Needs, signal: AbortSignal): Promise<void> {
  const { db, log, settings } = context;
  const all = await Promise.all(
    guilds.map(async (guild) => ({ guild, keep: (await settings.of(guild.id, 'joinRoles')).keep })),
  );
  await forgetRoles(
    db,
    all.filter(({ keep }) => !keep).map(({ guild }) => guild.id),
  );
  for (const { guild, keep } of all) {
    try {
      if (keep) await noteIn(guild, context, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.info({ error, guild: guild.id }, 'which roles members have could not be noted');
    }
  }
}

async function noteIn(guild: Guild, { db, now }: Needs, signal: AbortSignal): Promise<void> {
  for (let after = '0'; ; ) {
    signal.throwIfAborted();
    const asOf = now();
    const page = await guild.members.list({ limit: PAGE, after, cache: false });
    const members = [...page.values()].map(({ id, roles }) => ({
      user: id,
      roles: [...roles.cache.keys()].filter((role) => role !== guild.id),
    }));
    await keepRoles(db, guild.id, members, asOf);
    if (page.size < PAGE) return;
    after = page.lastKey() ?? after;
  }
}
