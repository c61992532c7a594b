import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { defineTimer } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { freshDatabase } from '../database.ts';
import { startTimerBot } from './timer-bot.ts';

const MANY = 10_000;

test.each(['one channel', 'direct messages'])(
  'ten thousand of one person that are due in %s hold up nobody else',
  async (where) => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const payload = Type.Object({ text: Type.String() });
    const stuck = Promise.withResolvers<void>();
    const slow = defineTimer<typeof payload, TimerNeeds>({
      payload,
      missed: 'late',
      deadlineMs: 3_600_000,
      async deliver({ payload: { text } }) {
        if (text === 'many') await stuck.promise;
        return { kind: 'done' };
      },
    });
    const { general, random } = discord.channels;
    const [channel, other] = where === 'one channel' ? [general, random] : [null, null];
    await database.db`
      insert into timers (kind, owner_id, channel_id, payload, zone, due_at, wake_at)
      select 'note', ${discord.people.member}, ${channel}, '{"text":"many"}', 'UTC', at, at
      from generate_series(1, ${MANY}::int) n, lateral (select timestamptz '2025-12-31' + n * interval '1 second' as at) due`;
    await using bot = await startTimerBot(database, discord, { kinds: { note: slow } });
    await bot.timers.add({
      ...{
        kind: 'note',
        owner: discord.people.owner ?? '',
        ...(other && { channel: other }),
        payload: { text: 'one' },
      },
      ...{ due: bot.time.now(), zone: 'UTC' },
    });
    expect(await bot.tried.take()).toMatchObject({ outcome: 'done', timer: { payload: { text: 'one' } } });
    expect(bot.timers.stats().underWay).toBe(5);
    stuck.resolve();
  },
);
