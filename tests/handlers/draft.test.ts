import { expect, test } from 'vitest';
import cleanup from '../../src/scheduler/jobs/cleanup.ts';
import { startBot } from '../bot.ts';
import { saidIn } from './commands/files/inspected.ts';

/** A Tuesday. */
const NOON = new Date('2027-07-06T12:00:00Z');
const DAY_MS = 86_400_000;

/** A bot whose clock the test moves, and a reminder that is shown before it is kept. */
async function startWithDraft(when: string) {
  const clock = { now: NOON };
  const bot = await startBot({ now: () => clock.now });
  const reply = await bot.discord.slash('remind me', { when, about: 'tea' });
  const [, id = ''] = /"custom_id":"(remind\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message)) ?? [];
  return {
    bot,
    clock,
    confirm: async () => saidIn(await bot.discord.click(reply.message ?? '', id, { unchecked: true })),
    stored: () => bot.app.timers.list({ kind: 'reminder', owner: bot.discord.people.member }),
    drafts: async () => (await bot.db`select 1 from drafts`).length,
    [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose](),
  };
}

test('what could not be stored is kept, and can be confirmed once nothing stands in the way', async () => {
  await using own = await startWithDraft('every day at 9');
  const { bot } = own;
  await bot.db`
    insert into timers (kind, owner_id, payload, due_at, wake_at, zone)
    select 'reminder', ${bot.discord.people.member}, '{"text":"x","where":"dm"}', at, at, 'UTC'
    from generate_series(1, 100), lateral (select ${NOON}::timestamptz + interval '1 day' as at) due`;
  expect(await own.confirm()).toContain('You have 100 of these');
  expect(await own.drafts()).toBe(1);
  await bot.db`delete from timers`;
  expect(await own.confirm()).toContain('I will remind you');
  expect(await own.stored()).toMatchObject([{ payload: { text: 'tea' } }]);
  expect(await own.drafts()).toBe(0);
});

test('a moment that has passed before it was confirmed is not kept', async () => {
  await using own = await startWithDraft('15 aug 9:00');
  own.clock.now = new Date('2027-08-15T09:00:01Z');
  expect(await own.confirm()).toContain('is over');
  expect(await own.stored()).toEqual([]);
});

test('what nobody confirms is cleared away after a day, and whoever presses then is told', async () => {
  await using own = await startWithDraft('every day at 9');
  const { bot, clock } = own;
  const never = new AbortController().signal;
  await bot.db`update drafts set made_at = ${NOON}`;
  clock.now = new Date(NOON.getTime() + DAY_MS - 1);
  await cleanup.run(bot.app, never, () => {});
  expect(await own.drafts()).toBe(1);
  clock.now = new Date(NOON.getTime() + DAY_MS + 1);
  await cleanup.run(bot.app, never, () => {});
  expect(await own.drafts()).toBe(0);
  expect(await own.confirm()).toContain('confirmed or dropped already');
});

test('of more than twenty that wait for one person the oldest give way', async () => {
  await using own = await startWithDraft('every day at 9');
  const { bot } = own;
  await bot.db`
    insert into drafts (id, owner_id, kind, body)
    select gen_random_uuid(), ${bot.discord.people.member}, 'remind', '{}' from generate_series(1, 19)`;
  expect(await own.drafts()).toBe(20);
  await bot.discord.slash('remind me', { when: 'every day at 10', about: 'coffee' });
  expect(await own.drafts()).toBe(20);
  expect(await own.confirm()).toContain('confirmed or dropped already');
});
