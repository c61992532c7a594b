import { type Static, Type } from '@sinclair/typebox';
import type { Guild } from 'discord.js';
import type { Context } from '../../context.ts';
import { noteIntroduction } from '../../db/introductions.ts';

type Needs = Pick<Context, 'database' | 'inFlight' | 'log' | 'now' | 'timers'>;

/** Whoever has had the bot for longer knows it: an older join that nobody was told of is left at that. */
const RECENT_MS = 86_400_000;
/** Discord writes its audit log a moment after what it is about. */
const AUDIT_LOG_MS = 5_000;
const DEADLINE_MS = 60_000;

/** What a timer of an introduction says: so that any process can deliver it. */
export const IntroductionPayload = Type.Object({
  joined: Type.String(),
  name: Type.String(),
  locale: Type.String(),
});
export type IntroductionPayload = Static<typeof IntroductionPayload>;

/** Has the bot introduce itself in servers to which it came lately, once for each time it comes, also after an outage or a restart. */
export function introduceIn(guilds: readonly Guild[], context: Needs): void {
  const { inFlight, log, now } = context;
  const since = now().getTime() - RECENT_MS;
  const lately = guilds.filter(({ joinedTimestamp }) => joinedTimestamp > since);
  if (lately.length === 0) return;
  const work = async () => {
    for (const guild of lately) await introduce(guild, context);
  };
  inFlight.track('introductions', work, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error, guilds: lately.map(({ id }) => id) }, 'an introduction could not be arranged');
  });
}

async function introduce(guild: Guild, { database, now, timers }: Needs): Promise<void> {
  const { id, name, joinedAt, ownerId: owner, preferredLocale: locale } = guild;
  const payload: IntroductionPayload = { joined: joinedAt.toISOString(), name, locale };
  const due = new Date(now().getTime() + AUDIT_LOG_MS);
  await database.begin(async (tx, notify) => {
    if (!(await noteIntroduction(tx, id, joinedAt))) return;
    await timers.addWithin({ tx, notify }, { kind: 'introduction', owner, guild: id, payload, due, zone: 'UTC' });
  });
}
