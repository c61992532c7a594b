import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { snowflakeAt } from '../../../../sandbox/server/snowflake.ts';
import { makeMember } from '../../../../sandbox/server/state/members.ts';
import { makeUser } from '../../../../sandbox/server/state/users.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';
import { order } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY_MS = 86_400_000;
const moderator = { as: 'moderator' } as const;
type Found = Awaited<ReturnType<TestBot['discord']['slash']>>;

interface Person {
  readonly name: string;
  readonly nick?: string;
  readonly joinedDays?: number;
  readonly accountDays?: number;
  readonly bot?: boolean;
}

/** Somebody who has been here for long, without a word about it. */
function settle({ discord: { state, guildId } }: Pick<TestBot, 'discord'>, person: Person, at = 0): string {
  const { name, nick, joinedDays = 10, accountDays = 100, bot = false } = person;
  const id = snowflakeAt(state.now() - accountDays * DAY_MS, at);
  state.users.set(id, makeUser({ id, username: name, bot }));
  const member = makeMember(id, state.now() - joinedDays * DAY_MS);
  state.guilds.get(guildId)?.setMember({ ...member, nick: nick ?? null });
  return id;
}

function buttonOf({ message }: Found, label: string): string {
  const found = JSON.stringify(message).match(
    new RegExp(`"custom_id":"([^"]+)"[^}]*?"label":"${label}"|"label":"${label}"[^}]*?"custom_id":"([^"]+)"`),
  );
  return found?.[1] ?? found?.[2] ?? '';
}

async function press({ discord }: Pick<TestBot, 'discord'>, on: Found, label: string, as = 'moderator') {
  if (!on.message) throw new Error('nothing was shown');
  return await discord.click(on.message, buttonOf(on, label), { as, unchecked: true });
}

/** Who is named, in order. */
function peopleIn(said: string): readonly string[] {
  return [...said.matchAll(/<@(\d+)>/g)].map(([, id]) => id ?? '');
}

test('members are found by wildcard, pattern, role, time of joining, age of account and being a bot, in each order', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const old = settle(bot, { name: 'auk_old', joinedDays: 30, accountDays: 900 }, 1);
  const young = settle(bot, { name: 'auk_young', nick: 'Zebra', joinedDays: 20, accountDays: 21 }, 2);
  const robot = settle(bot, { name: 'robo.auk', joinedDays: 5, accountDays: 50, bot: true }, 3);
  const find = async (options: object) => peopleIn(await order(bot, 'search members', { ...options }));
  expect(await find({ name: 'AUK' })).toEqual([robot, young, old]);
  expect(await find({ name: 'auk*' })).toEqual([young, old]);
  expect(await find({ name: 'auk_?ld' })).toEqual([old]);
  expect(await find({ name: 'robo.' })).toEqual([robot]);
  expect(await find({ name: 'aukxold|.' })).toEqual([]);
  expect(await find({ name: 'zebra' })).toEqual([young]);
  expect(await find({ pattern: '^auk_(old|young)$', sort: 'oldest' })).toEqual([old, young]);
  expect(await find({ pattern: 'auk', sort: 'name' })).toEqual([old, robot, young]);
  expect(await find({ pattern: 'auk', sort: 'youngestAccount' })).toEqual([young, robot, old]);
  expect(await find({ pattern: 'auk', sort: 'oldestAccount' })).toEqual([old, robot, young]);
  expect(await find({ name: 'auk', who: 'bots' })).toEqual([robot]);
  expect(await find({ name: 'auk', 'joined-after': '25 days', 'joined-before': '10 days' })).toEqual([young]);
  expect(await find({ name: 'auk', 'account-after': '60 days' })).toEqual([robot, young]);
  expect(await find({ name: 'auk', 'account-before': '60 days' })).toEqual([old]);
  const role = discord.roles.member;
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${old}/roles/${role}`, { as: 'owner' });
  expect(await find({ name: 'auk', role })).toEqual([old]);
  expect(await find({ name: 'auk', without: role, who: 'humans' })).toEqual([young]);
});

test('pages are turned, also after a restart, by whoever asked alone, and no longer by who has lost the right to it', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using own = await freshDatabase();
  const people = Array.from({ length: 23 }, (_, at) =>
    settle({ discord }, { name: `tern_${String(at).padStart(2, '0')}` }, at),
  );
  const env = { DATABASE_URL: own.url };
  const first = await (async () => {
    await using bot = await startBot({ discord, env });
    return await bot.discord.slash('search members', { name: 'tern_*', sort: 'name' }, moderator);
  })();
  expect(peopleIn(saidIn(first))).toEqual(people.slice(0, 10));
  expect(saidIn(first)).toContain('1 to 10 of 23');
  await using bot = await startBot({ discord, env });
  const second = await press(bot, first, 'On');
  expect(peopleIn(saidIn(second))).toEqual(people.slice(10, 20));
  expect(saidIn(second)).toContain('(tern\\_10)');
  const third = await press(bot, second, 'On');
  expect(peopleIn(saidIn(third))).toEqual(people.slice(20));
  expect(peopleIn(saidIn(await press(bot, third, 'Back')))).toEqual(people.slice(10, 20));
  expect(saidIn(await press(bot, third, 'Back', 'owner'))).toContain("somebody else's");
  const role = `/guilds/${discord.guildId}/members/${discord.people.moderator}/roles/${discord.roles.moderator}`;
  await discord.rest('DELETE', role, { as: 'owner' });
  const refused = saidIn(await press(bot, third, 'Back'));
  expect(peopleIn(refused)).toEqual([]);
  expect(refused).toContain('Timeout Members');
});

test('all of a large server are found and handed over as a table without a formula in it', async () => {
  await using bot = await startBot();
  for (let at = 0; at < 20_000; at++) settle(bot, { name: `shoal_${at}`, nick: at === 7 ? '=1+1' : `"S", ${at}` }, at);
  const found = await bot.discord.slash('search members', { name: 'shoal_*' }, moderator);
  await found.until(({ content }) => content.includes('1 to 10 of 20,000'));
  const exported = await press(bot, found, 'As a file');
  await exported.until(({ content }) => content.includes('20,000 members, as a table'));
  const [file] = exported.message?.attachments ?? [];
  expect(file?.filename).toBe('members.csv');
  const text = await (await fetch(file?.url ?? '')).text();
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(20_001);
  expect(lines[0]).toBe('"id","username","displayName","nickname","joined","accountMade","bot","roles"');
  expect(text).toContain(`"shoal_7","","'=1+1","`);
  expect(text).toContain('"shoal_8","","""S"", 8","');
});

test('whoever waits reads how far it is, and can cancel it; one search of a server at a time', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  discord.faults.rest(`/guilds/${discord.guildId}/members`, { kind: 'silent' }, { times: 1 });
  const reply = await discord.slash('search members', { name: 'a' }, { ...moderator, settle: 'ack' });
  await reply.until(({ content }) => content.includes('0 members looked at'));
  expect(await order(bot, 'search members', { name: 'b' }, 'owner')).toContain('Somebody is having');
  if (!reply.message) throw new Error('no progress came');
  await discord.click(reply.message, buttonOf(reply, 'Cancel'), { ...moderator, settle: 'ack' });
  await reply.until(({ content }) => content.includes('Cancelled'));
  expect(await order(bot, 'search members', { name: 'chinstrap' })).toContain(discord.people.member);
});

test('what cannot be looked for is said: a bad pattern, both kinds of name, a time that is none, nobody, no right, no intent', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { members: false } });
  {
    await using bot = await startBot({ discord });
    expect(await order(bot, 'search members', { name: 'a' })).toContain('enable Server Members on the Bot page');
  }
  await using bot = await startBot();
  const said = (options: object, as?: string) => order(bot, 'search members', { ...options }, as);
  expect(await said({ pattern: '(?=a)b' })).toContain('This pattern cannot be used');
  expect(await said({ pattern: 'a', name: 'a' })).toContain('not both');
  expect(await said({ 'joined-after': '2026-13-77' })).toContain('2026-13-77');
  expect(await said({ name: 'no such penguin' })).toContain('None of the 5 members');
  expect(await said({}, 'member')).toContain('Timeout Members');
});
