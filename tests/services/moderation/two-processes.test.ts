import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { NewAction } from '../../../src/services/moderation/moderation.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { bannedIn, casesOf } from '../../handlers/commands/moderation/moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const PATIENCE = { timeout: 60_000, interval: 50 };

/** Two processes that share a database and a Discord. */
async function startTwo() {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const database = opened.use(await freshDatabase());
  const options = { discord, env: { DATABASE_URL: database.url } };
  const first = opened.use(await startBot(options));
  const second = opened.use(await startBot(options));
  const owned = opened.move();
  return { discord, first, second, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
type Two = Awaited<ReturnType<typeof startTwo>>;

/** The cases in the database that both share. */
function kept(bot: TestBot) {
  return casesOf({ ...bot, db: bot.app.db });
}

/** Two moderators order these at the same moment, each through a process of their own; says the cases once all are settled. */
async function orderAll(
  { discord, first, second }: Two,
  wanted: readonly Pick<NewAction, 'type' | 'target' | 'data'>[],
) {
  const { guildId: guild, people } = discord;
  const actors = [
    { id: people.owner, name: 'adelie', above: true },
    { id: people.moderator, name: 'gentoo' },
  ];
  await Promise.all(
    wanted.map((one, at) => {
      const { app } = at % 2 === 0 ? first : second;
      const actor = actors[at % 2] ?? actors[0];
      if (!actor) throw new Error('nobody orders it');
      return app.moderation.order({ ...one, guild, targetName: 'x', actor, source: 'command' });
    }),
  );
  const pending = async () => (await kept(first)).filter(({ state }) => state === 'pending').length;
  await expect.poll(pending, PATIENCE).toBe(0);
  return await kept(first);
}

function rolesOf({ state, guildId }: Sandbox, who: string | undefined): readonly string[] {
  return state.guild(guildId).members.get(who ?? '')?.roles ?? [];
}

function overwritesOf({ state }: Sandbox, channel: string) {
  return (state.channel(channel).permission_overwrites ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the case with the highest number was ordered with. */
async function lastData({ first }: Two) {
  const [last] = await first.app.db<{ type: string; data: Record<string, unknown> }[]>`
    select type, data from cases order by number desc limit 1`;
  if (!last) throw new Error('there are no cases');
  return last;
}

test('slowmodes that two set at once follow each other: the last holds, alone', async () => {
  await using two = await startTwo();
  const { discord } = two;
  const target = discord.channels.general;
  const waits = [5, 10, 30, 60, 120, 300];
  const cases = await orderAll(
    two,
    waits.map((seconds) => ({ type: 'slowmode', target, data: { seconds } })),
  );
  expect(cases.map(({ state }) => state)).toEqual(waits.map(() => 'done'));
  expect(cases.slice(0, -1).every(({ endedAt }) => endedAt !== null)).toBe(true);
  expect(discord.state.channel(target).rate_limit_per_user).toBe((await lastData(two)).data.seconds);
});

test('a channel that two lock at once is locked once, and unlocked exactly as it was', async () => {
  await using two = await startTwo();
  const { discord } = two;
  const target = discord.channels.general;
  const before = overwritesOf(discord, target);
  const cases = await orderAll(
    two,
    Array.from({ length: 4 }, () => ({ type: 'lockdown', target })),
  );
  expect(cases.filter(({ state, endedAt }) => state === 'done' && endedAt === null)).toHaveLength(1);
  expect(overwritesOf(discord, target)).not.toEqual(before);
  await orderAll(two, [{ type: 'unlock', target }]);
  expect(overwritesOf(discord, target)).toEqual(before);
});

test('whoever two put into jail at once has all their roles again afterwards', async () => {
  await using two = await startTwo();
  const { discord } = two;
  const { guildId, people } = discord;
  const body = { name: 'Jailed', permissions: '0' };
  const { id: role } = (await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'bot', body })) as { id: string };
  const before = rolesOf(discord, people.member);
  const jail = { type: 'jail', target: people.member ?? '', data: { role } };
  const cases = await orderAll(two, [jail, jail, jail, jail]);
  expect(cases.filter(({ state, endedAt }) => state === 'done' && endedAt === null)).toHaveLength(1);
  expect(rolesOf(discord, people.member)).toEqual([role]);
  await orderAll(two, [{ type: 'unjail', target: people.member ?? '' }]);
  expect(rolesOf(discord, people.member).toSorted()).toEqual(before.toSorted());
});

test('a role that is given and taken at once is there or not as the last said', async () => {
  await using two = await startTwo();
  const { discord } = two;
  const { guildId, people } = discord;
  const body = { name: 'event', permissions: '0' };
  const { id: role } = (await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'bot', body })) as { id: string };
  const types = ['role-add', 'role-remove', 'role-remove', 'role-add', 'role-add', 'role-remove'];
  const cases = await orderAll(
    two,
    types.map((type) => ({ type, target: people.member ?? '', data: { role } })),
  );
  expect(cases.map(({ state }) => state)).toEqual(types.map(() => 'done'));
  expect(rolesOf(discord, people.member).includes(role)).toBe((await lastData(two)).type === 'role-add');
});

test('of two who remove somebody at once one does it, and what else is done to them agrees with their cases', async () => {
  await using two = await startTwo();
  const { discord } = two;
  const [kicked = '', banned = '', named = '', warned = ''] = await discord.join(4);
  const kicks = await orderAll(two, [
    { type: 'kick', target: kicked },
    { type: 'kick', target: kicked },
  ]);
  expect(kicks.map(({ state }) => state).toSorted()).toEqual(['done', 'void']);
  const audit = discord.state.guild(discord.guildId).audit.filter(({ target_id: target }) => target === kicked);
  expect(audit).toHaveLength(1);
  await orderAll(two, [
    { type: 'ban', target: banned },
    { type: 'softban', target: banned },
    { type: 'kick', target: banned },
  ]);
  const stands = (await kept(two.first)).some((one) => {
    return one.target === banned && one.type === 'ban' && one.state === 'done' && one.endedAt === null;
  });
  expect(bannedIn(two.first).includes(banned)).toBe(stands);
  await orderAll(
    two,
    ['one', 'two', 'three', 'four'].map((nick) => ({ type: 'nick', target: named, data: { nick } })),
  );
  const nick = discord.state.guild(discord.guildId).members.get(named)?.nick;
  expect(nick).toBe((await lastData(two)).data.nick);
  await orderAll(two, [
    { type: 'warn', target: warned },
    { type: 'warn', target: warned },
  ]);
  expect((await kept(two.first)).filter(({ type, state }) => type === 'warn' && state === 'done')).toHaveLength(2);
});
