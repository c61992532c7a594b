import { Client } from 'discord.js';
import { InFlight } from '../../../src/lib/in-flight.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { Levels, type Written } from '../../../src/services/levels/levels.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { silent, type TestDatabase } from '../../database.ts';

export const GUILD = '100000000000000001';
export const MEMBERS = Array.from({ length: 20 }, (_, at) => `1000000000000001${String(at).padStart(2, '0')}`);
const NOON = Date.UTC(2026, 0, 1, 12);

/** What a process has that counts points; as many as are wanted share a database. */
export async function startHearing(database: TestDatabase, count: number, patch: object = {}) {
  await using opened = new AsyncDisposableStack();
  const settings = opened.use(await openSettings({ database, log: silent }));
  await settings.set(GUILD, 'levels', { on: true, leastPoints: 10, mostPoints: 10, ...patch }, { by: null });
  await settings.of(GUILD, 'levels');
  const now = () => new Date();
  const timers = opened.use(await openTimerService({ database, now }));
  const parts = { database, now, timers, discord: new Client({ intents: [] }), log: silent, settings };
  const inFlight = new InFlight();
  const levels = Array.from({ length: count }, () =>
    opened.use(new Levels({ ...parts, inFlight, everyMs: 1_000_000 })),
  );
  const owned = opened.move();
  /** Resolves when all that was heard is counted. */
  const counted = () => inFlight.idle({ deadlineMs: 30_000 });
  /** Stores what one of them has counted, once it knows what the server wants. */
  const store = async (one: Levels | undefined) => {
    await counted();
    await one?.flush();
  };
  return { levels, counted, store, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** A message that a member wrote so long after noon. */
export function written(member: string, afterMs = 0): Written {
  return { id: snowflakeAt(NOON + afterMs), channel_id: '100000000000000009', author: { id: member } };
}

/** How many points everybody has, by their ids. */
export async function pointsIn({ db }: TestDatabase): Promise<Readonly<Record<string, number>>> {
  const rows = await db<{ member: string; points: number }[]>`
    select member_id::text as member, points::int as points from member_points order by member_id`;
  return Object.fromEntries(rows.map(({ member, points }) => [member, points]));
}
