import { Type } from '@sinclair/typebox';
import { REST, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { Context } from '../../../src/context.ts';
import { defineCommand } from '../../../src/handlers/define.ts';
import { defineJob } from '../../../src/scheduler/job.ts';
import { defineTimer } from '../../../src/scheduler/timer.ts';
import { say } from '../../../src/services/answers/answer.ts';
import { type RestLane, RestLanes } from '../../../src/services/gateway/rest-lanes.ts';
import { startBot } from '../../bot.ts';
import { Inbox } from '../../scheduler/inbox.ts';

/** A local Discord that takes fifty requests a second, and two clients of the bot that share them by lanes. */
async function startLanes(channels: number) {
  const other = { limit: 10_000, windowMs: 1_000 };
  const routes = {
    'POST /channels/{channel_id}/messages': other,
    'GET /guilds/{guild_id}/members/{user_id}': { limit: 5, windowMs: 500 },
  };
  const discord = await startSandbox({ port: 0, rateLimits: { other, routes } });
  const lanes = new RestLanes();
  const rest = new REST({
    ...{ api: discord.apiUrl, retries: 0, timeout: 60_000 },
  }).setToken(discord.token);
  lanes.guard(rest);
  const stop = new AbortController();
  const made = await Promise.all(Array.from({ length: channels }, (_, at) => makeChannel(discord, `c${at}`)));
  /** So many posts in as many channels; `told` hears of each that is sent. */
  const post = (lane: RestLane, count: number, told: () => void = () => {}) => {
    const posts = Array.from({ length: count }, (_, at) =>
      lanes.within(lane, () =>
        rest
          .post(Routes.channelMessages(made[at % made.length] ?? ''), { body: { content: lane }, signal: stop.signal })
          .then(told, () => {}),
      ),
    );
    return Promise.all(posts);
  };
  return {
    ...{ discord, lanes, rest, post, stop },
    async [Symbol.asyncDispose]() {
      stop.abort();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      await discord[Symbol.asyncDispose]();
    },
  };
}

async function makeChannel(discord: Sandbox, name: string): Promise<string> {
  const path = `/guilds/${discord.guildId}/channels`;
  const made = await discord.rest('POST', path, { as: 'owner', body: { name, type: 0 } });
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : '';
}

test("a moderator's ban overtakes hundreds of timers' posts that wait for Discord", async () => {
  await using own = await startLanes(400);
  const { discord, lanes, rest } = own;
  const many = Promise.withResolvers<void>();
  let delivered = 0;
  void own.post('timers', 400, () => {
    delivered += 1;
    if (delivered === 20) many.resolve();
  });
  await many.promise;
  expect(lanes.waiting('timers')).toBeGreaterThan(300);
  const before = delivered;
  await rest.put(Routes.guildBan(discord.guildId, discord.people.member ?? ''), { body: {} });
  expect(delivered - before).toBeLessThan(10);
  expect(discord.requests().filter(({ status }) => status === 429)).toEqual([]);
});

test('what nobody waits for comes after what falls due', async () => {
  await using own = await startLanes(200);
  let jobs = 0;
  const all = own.post('jobs', 50, () => {
    jobs += 1;
  });
  await own.post('timers', 100);
  expect(jobs).toBeLessThan(15);
  own.stop.abort();
  await all;
});

test('people who keep asking, of the same channel too, starve neither', async () => {
  await using own = await startLanes(300);
  let asking = true;
  const people = Promise.all(
    Array.from({ length: 60 }, async () => {
      while (asking) await own.post('people', 1);
    }),
  );
  await Promise.all([own.post('jobs', 4), own.post('timers', 10)]);
  asking = false;
  own.stop.abort();
  await people;
});

test('people who ask for one thing far more often than Discord answers do not hold up what falls due elsewhere', async () => {
  await using own = await startLanes(100);
  const { discord, rest, stop } = own;
  const member = Routes.guildMember(discord.guildId, discord.people.member ?? '');
  await rest.get(member); // discord.js knows the route's bucket from now on
  let answered = 0;
  const asked = Array.from({ length: 120 }, () =>
    rest
      .get(member, stop)
      .then(() => (answered += 1))
      .catch(() => {}),
  );
  await own.post('timers', 100);
  expect(answered).toBeLessThan(50);
  stop.abort();
  await Promise.all(asked);
});

test('more than a thousand in one lane are refused rather than kept waiting', async () => {
  await using own = await startLanes(1);
  const { lanes, rest, stop } = own;
  const ask = () => lanes.within('jobs', () => rest.get(Routes.gateway(), { signal: stop.signal }));
  const asked = Array.from({ length: 1_001 + 1 }, () => ask().catch((error: Error) => error.name));
  expect(await asked.at(-1)).toBe('RestBusyError');
  stop.abort();
  await Promise.all(asked);
  expect(lanes.waiting('jobs')).toBe(0);
});

test('what people want goes before what waits for the same route', async () => {
  await using own = await startLanes(1);
  await own.post('people', 1); // discord.js knows the route's bucket from now on
  const told: RestLane[] = [];
  const first = Promise.withResolvers<void>();
  const timers = own.post('timers', 20, () => {
    told.push('timers');
    first.resolve();
  });
  await first.promise;
  await own.post('people', 1, () => void told.push('people'));
  await timers;
  expect(told.indexOf('people')).toBeLessThan(4);
});

test('what timers ask of many members keeps nobody from asking of one', async () => {
  await using own = await startLanes(1);
  const { discord, lanes, rest, stop } = own;
  const member = Routes.guildMember(discord.guildId, discord.people.member ?? '');
  await rest.get(member); // discord.js knows the route's bucket from now on
  const some = Promise.withResolvers<void>();
  let answered = 0;
  const asked = Array.from({ length: 100 }, (_, at) =>
    lanes
      .within('timers', () => rest.get(Routes.guildMember(discord.guildId, `${10n ** 17n + BigInt(at)}`), stop))
      .catch(() => {
        answered += 1;
        if (answered === 10) some.resolve();
      }),
  );
  await some.promise;
  await rest.get(member);
  expect(answered).toBeLessThan(20);
  stop.abort();
  await Promise.all(asked);
});

test("a bot's timers and jobs ask Discord in their lanes, its commands in that of people", async () => {
  const own = { jobs: new Inbox<RestLane>(), timers: new Inbox<RestLane>(), commands: new Inbox<RestLane>() };
  const into =
    (inbox: Inbox<RestLane>) =>
    async ({ gateway, discord }: Context) => {
      await discord.rest.get(Routes.gatewayBot());
      inbox.put(gateway.lanes.lane);
    };
  const timer = defineTimer({
    ...{ payload: Type.Object({}), missed: 'late', deadlineMs: 10_000 },
    deliver: async (_delivery, context) => {
      await into(own.timers)(context);
      return { kind: 'done' };
    },
  });
  const ping = defineCommand({
    run: async (_, context) => {
      await into(own.commands)(context);
      return say('drafts.dropped');
    },
  });
  const job = defineJob({ every: '1s', runs: 'each', deadlineMs: 10_000, run: into(own.jobs) });
  await using bot = await startBot({ timers: { timer }, jobs: { job }, commands: { 'utility/ping': ping } });
  await bot.app.timers.add({ kind: 'timer', owner: '1', payload: {}, due: bot.app.now(), zone: 'UTC' });
  await bot.discord.slash('ping');
  expect(await own.commands.take()).toBe('people');
  expect(await own.timers.take()).toBe('timers');
  expect(await own.jobs.take()).toBe('jobs');
  const { lanes } = bot.app.gateway;
  const asked = lanes.within('jobs', () => [1, 2, 3].map(() => bot.app.discord.rest.get(Routes.gatewayBot())));
  expect(lanes.waiting('jobs')).toBeGreaterThan(1);
  await Promise.all(asked);
});
