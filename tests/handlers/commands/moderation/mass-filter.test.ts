import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { snowflakeAt } from '../../../../sandbox/server/snowflake.ts';
import { makeMember } from '../../../../sandbox/server/state/members.ts';
import { makeUser } from '../../../../sandbox/server/state/users.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { confirmed, runOf, untilOver } from './mass.ts';
import { bannedIn, casesOf } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY_MS = 86_400_000;

/** As if somebody had been here for longer. */
function joinedBefore({ discord }: TestBot, id: string, ms: number): void {
  const guild = discord.state.guilds.get(discord.guildId);
  const member = guild?.members.get(id);
  if (!guild || !member) throw new Error(`${id} is not here`);
  guild.setMember({ ...member, joined_at: new Date(discord.state.now() - ms).toISOString() });
}

test('members are found by when they joined, a name, the age of their account and that they have no role, all together', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const young = (...names: string[]) => discord.join(names.length, { accountAgeDays: 1, names });
  const raid = await young('free_nitro_1', 'FreeNitro2');
  await young('gentle_soul');
  await discord.join(1, { accountAgeDays: 400, names: ['free_nitro_old'] });
  const [early = ''] = await young('free_nitro_early');
  joinedBefore(bot, early, 2 * DAY_MS);
  const [ranked = ''] = await young('free_nitro_ranked');
  const role = `/guilds/${discord.guildId}/members/${ranked}/roles/${discord.roles.member}`;
  await discord.rest('PUT', role, { as: 'owner' });
  const filter = { 'joined-within': '1 day', name: 'free.?nitro', 'account-younger': '7 days', 'no-role': true };
  const { shown } = await confirmed(bot, 'massban', { ...filter, reason: 'raid' });
  expect(shown).toContain('Ban of 2');
  expect(shown).toContain('FreeNitro2');
  expect(shown).toMatch(/Of \d+ members these fit/);
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect(bannedIn(bot).toSorted()).toEqual(raid.toSorted());
  expect((await casesOf(bot)).map(({ type, reason }) => [type, reason])).toEqual([
    ['ban', 'raid'],
    ['ban', 'raid'],
  ]);
});

test('each filter alone: display names and nicknames count, those with a role are found too, bots never', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const guild = discord.state.guilds.get(discord.guildId);
  const [shown = '', nicked = '', other = ''] = await discord.join(3);
  discord.state.users.set(shown, { ...discord.state.user(shown), global_name: 'Crypto Helper' });
  const member = guild?.members.get(nicked);
  if (member) guild?.setMember({ ...member, nick: 'crypto support' });
  await confirmed(bot, 'masskick', { name: '^crypto' });
  expect((await untilOver(bot)).items.map(({ target }) => target)).toEqual([shown, nicked].toSorted());
  expect(guild?.members.has(other)).toBe(true);
  await bot.db`delete from mass_runs`;
  const alone = { duration: '1 hour', 'no-role': false };
  expect((await confirmed(bot, 'masstimeout', alone)).shown).toContain('alone is everybody who has a role');
  expect((await runOf(bot)).run).toBeUndefined();
  const said = (await confirmed(bot, 'masstimeout', { ...alone, name: '.' })).shown;
  expect(said).toContain('Timeout of');
  const { items } = await untilOver(bot);
  const people = items.map(({ target }) => target);
  expect(people).not.toContain(other);
  expect(people).toContain(discord.people.member);
  expect(people).not.toContain(discord.state.bot.id);
});

test('members of all pages are looked at, five hundred at a time', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const many = await discord.join(1_200, { names: Array.from({ length: 1_200 }, (_, at) => `flock_${at}`) });
  const last = many.at(-1) ?? '';
  const { shown } = await confirmed(bot, 'masskick', { name: '^flock_1199$' });
  expect(shown).toContain('Removal of 1');
  expect((await untilOver(bot)).items).toMatchObject([{ target: last, outcome: 'done' }]);
  const pages = discord.requests().filter(({ path }) => path.endsWith(`/guilds/${discord.guildId}/members`));
  expect(pages).toHaveLength(3);
});

test('nobody fits, names and a filter, a pattern or a span that cannot be read, who may not: each is said', async () => {
  await using bot = await startBot();
  const said = async (options: object, as?: string) => (await confirmed(bot, 'massban', { ...options }, as)).shown;
  expect(await said({ name: 'no such penguin' })).toContain('members I looked at fits that');
  expect(await said({ ids: '100000000000000001', 'no-role': true })).toContain('not both');
  expect(await said({ name: '(?=a)b' })).toContain('This pattern cannot be used');
  expect(await said({ 'joined-within': 'yesterdayish' })).not.toContain('Ban of');
  expect(await said({ 'no-role': true }, 'member')).toContain('Ban Members');
  expect((await runOf(bot)).run).toBeUndefined();
});

test('more than are dealt with at a time fit: it is said, and nothing is kept', async () => {
  await using bot = await startBot();
  const { state, guildId } = bot.discord;
  for (let at = 0; at < 5_001; at++) {
    const id = snowflakeAt(state.now(), at);
    state.users.set(id, makeUser({ id, username: `shoal_${at}` }));
    state.guilds.get(guildId)?.setMember(makeMember(id, state.now()));
  }
  const { shown } = await confirmed(bot, 'massban', { name: '^shoal_' });
  expect(shown).toContain('More than 5,000 members fit that');
  expect((await runOf(bot)).run).toBeUndefined();
});

test('without the intent for members it is said what to do, and that ids still go', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { members: false } });
  await using bot = await startBot({ discord });
  const { shown } = await confirmed(bot, 'massban', { 'no-role': true });
  expect(shown).toContain('enable Server Members on the Bot page');
  const [one = ''] = await discord.join(1);
  expect((await confirmed(bot, 'massban', { ids: one })).begun).toContain('It has begun');
  expect((await untilOver(bot)).items).toMatchObject([{ target: one, outcome: 'done' }]);
});
