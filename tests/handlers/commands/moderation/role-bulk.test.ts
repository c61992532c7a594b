import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { makeUser } from '../../../../sandbox/server/state/users.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';
import { confirmed, messageOf, runOf, untilOver } from './mass.ts';
import { casesOf, order, withLog } from './moderated.ts';

// Whole runs, on machines that have much else to do.
vi.setConfig({ testTimeout: 180_000 });

const SOON = { timeout: 60_000 };

/** A role that only the owner has made, below the bot's. */
async function makeRole({ discord }: Pick<TestBot, 'discord'>, name = 'Event'): Promise<string> {
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name } });
  return (made as { readonly id: string }).id;
}

/** Who has a role. */
function holders({ discord }: Pick<TestBot, 'discord'>, role: string): readonly string[] {
  const all = [...discord.state.guild(discord.guildId).members.values()];
  return all.flatMap(({ user_id: id, roles }) => (roles.includes(role) ? [id] : [])).toSorted();
}

async function give({ discord }: Pick<TestBot, 'discord'>, role: string, ...ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await discord.rest('PUT', `/guilds/${discord.guildId}/members/${id}/roles/${role}`, { as: 'owner' });
}

/** Presses the button under a run's message that takes it back, and confirms what is shown. */
async function takeBack({ discord }: TestBot, message: string, as = 'moderator'): Promise<string> {
  const button = customIdsIn(discord.state.messages.get(message)).find((id) => id.includes('.undo')) ?? '';
  const shown = await discord.click(message, button, { as, unchecked: true, deadlineMs: 60_000 });
  const said = saidIn(shown); // the press on what is shown takes its place
  const own = [shown.message, ...shown.followUps].find((one) => customIdsIn(one).some((id) => id.includes('confirm')));
  const [confirm = ''] = customIdsIn(own);
  if (own) await discord.click(own, confirm, { as, deadlineMs: 60_000 });
  return said;
}

test('a role is given to all who fit and lack it, with a case each and a list, and taken back from those alone', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const entries = await withLog(bot);
  await bot.set('permissions', { people: { [discord.people.moderator]: 9 } });
  const [role, team] = [await makeRole(bot), await makeRole(bot, 'Team')];
  const [had = '', ...others] = await discord.join(5);
  await give(bot, team, had, ...others);
  await give(bot, role, had);
  const options = { change: 'add', role, has: team, who: 'humans', reason: 'the *event*' };
  const { shown, begun } = await confirmed(bot, 'role bulk', options);
  expect(shown).toContain('Giving 4 members a role');
  expect(shown).toContain(`<@&${role}>`);
  expect(begun).toContain('It has begun');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ kind: 'role-add', state: 'done', why: null });
  expect(items.map(({ outcome }) => outcome)).toEqual(others.map(() => 'done'));
  expect(holders(bot, role)).toEqual([had, ...others].toSorted());
  expect((await casesOf(bot)).map(({ type, reason, source }) => [type, reason, source])).toEqual(
    others.map(() => ['role-add', 'the *event*', 'mass']),
  );
  await expect.poll(() => messageOf(bot), SOON).toContain('mass.role-add.list');
  expect(entries().join()).toContain('mass-role-add.txt');
  expect(await takeBack(bot, String(run?.message))).toContain('Taking a role from 4 members');
  await expect.poll(() => holders(bot, role), SOON).toEqual([had]);
});

test('what was done since with a role of theirs stays when a run is taken back, and nothing is taken back twice', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const [role, team] = [await makeRole(bot), await makeRole(bot, 'Team')];
  const [kept = '', deprived = '', ...others] = await discord.join(4);
  const crowd = [kept, deprived, ...others];
  await give(bot, team, ...crowd);
  const route = (id: string) => `/guilds/${discord.guildId}/members/${id}/roles/${role}`;
  await confirmed(bot, 'role bulk', { change: 'add', role, has: team }, 'owner');
  const given = await untilOver(bot);
  await discord.rest('DELETE', route(kept), { as: 'owner' });
  await order(bot, 'role add', { member: kept, role }, 'owner');
  await expect.poll(() => messageOf(bot), SOON).toContain('.undo');
  expect(await takeBack(bot, String(given.run?.message), 'owner')).toContain('Taking a role from 3 members');
  await expect.poll(() => holders(bot, role), SOON).toEqual([kept]);
  const settled = async () =>
    (await casesOf(bot)).filter(({ type, state }) => type === 'role-remove' && state === 'done');
  await expect.poll(async () => (await settled()).length, SOON).toBe(3);
  expect(await takeBack(bot, String(given.run?.message), 'owner')).toContain('nobody left to take that back from');
  await bot.db`delete from mass_runs`;
  await give(bot, role, ...crowd);
  await confirmed(bot, 'role bulk', { change: 'remove', role, has: team }, 'owner');
  const taken = await untilOver(bot);
  await order(bot, 'role add', { member: deprived, role }, 'owner');
  await order(bot, 'role remove', { member: deprived, role }, 'owner');
  await expect.poll(() => messageOf(bot), SOON).toContain('.undo');
  expect(await takeBack(bot, String(taken.run?.message), 'owner')).toContain('Giving 3 members a role');
  await expect.poll(() => holders(bot, role), SOON).toEqual([kept, ...others].toSorted());
});

test('members are picked by when they joined and what they are; who fits and cannot be is named', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people, state } = discord;
  const role = await makeRole(bot);
  const guild = state.guild(guildId);
  const [old = '', young = '', machine = ''] = await discord.join(3);
  const set = (id: string, joined: string) => {
    const member = guild.members.get(id);
    if (member) guild.setMember({ ...member, joined_at: joined });
  };
  for (const id of guild.members.keys()) set(id, new Date().toISOString());
  set(old, '2020-01-01T00:00:00.000Z');
  set(machine, '2020-01-01T00:00:00.000Z');
  state.users.set(machine, makeUser({ id: machine, username: 'machine', bot: true }));
  const ask = async (more: object) =>
    (await confirmed(bot, 'role bulk', { change: 'add', role, ...more }, 'owner')).shown;
  expect(await ask({ 'joined-before': '2021-01-01', who: 'humans' })).toContain(`<@${old}>`);
  await untilOver(bot);
  expect(holders(bot, role)).toEqual([old]);
  expect(young).not.toBe('');
  const { shown } = await confirmed(bot, 'role bulk', { change: 'add', role, who: 'bots' }, 'owner');
  expect(shown).toContain('Giving 1 member a role');
  expect(shown).toContain(`<@${machine}>`);
  await expect.poll(() => holders(bot, role), SOON).toEqual([old, machine].toSorted());
  await give(bot, role, people.owner);
  expect(await ask({ change: 'remove' })).toContain('To 1 of them it cannot be done');
  await expect.poll(() => holders(bot, role), SOON).toEqual([people.owner]);
});

test('a run goes on after a restart where it stood', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const role = await makeRole({ discord });
  const team = await makeRole({ discord }, 'Team');
  const crowd = await discord.join(12);
  await give({ discord }, team, ...crowd);
  {
    await using bot = await startBot(options);
    await confirmed(bot, 'role bulk', { change: 'add', role, has: team }, 'owner');
    await expect.poll(() => holders(bot, role).length, SOON).toBeGreaterThan(0);
  }
  expect(holders({ discord }, role).length).toBeLessThan(12);
  await using bot = await startBot(options);
  const again = { ...bot, db: bot.app.db };
  const { items } = await untilOver(again);
  expect(items.map(({ outcome }) => outcome)).toEqual(crowd.map(() => 'done'));
  expect(holders(bot, role)).toEqual(crowd.toSorted());
  expect(await casesOf(again)).toHaveLength(12);
});

test('Stop leaves the rest as they are; taken back it is from those who got it, by those alone who may', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const [role, team] = [await makeRole(bot), await makeRole(bot, 'Team')];
  const crowd = await discord.join(12);
  await give(bot, team, ...crowd);
  await confirmed(bot, 'role bulk', { change: 'add', role, has: team }, 'owner');
  await expect.poll(async () => (await runOf(bot)).run?.message ?? null, SOON).not.toBeNull();
  const message = String((await runOf(bot)).run?.message);
  const stop = customIdsIn(discord.state.messages.get(message)).find((id) => id.includes('.cancel')) ?? '';
  await discord.click(message, stop, { as: 'owner' });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.cancelled' } });
  const done = items.filter(({ outcome }) => outcome === 'done').map(({ target }) => target);
  expect(done.length).toBeLessThan(12);
  expect(holders(bot, role)).toEqual(done.toSorted());
  await expect.poll(() => messageOf(bot), SOON).toContain('.undo');
  await bot.set('permissions', { people: { [people.moderator]: 9 } });
  expect(await takeBack(bot, message, 'member')).toContain('Manage Roles');
  const lift = (position: number) =>
    discord.rest('PATCH', `/guilds/${guildId}/roles`, { as: 'owner', body: [{ id: role, position }] });
  await lift(5);
  expect(await takeBack(bot, message)).toContain('is not below your highest role');
  expect(holders(bot, role)).toEqual(done.toSorted());
  await lift(1);
  expect(await takeBack(bot, message, 'owner')).toContain(`Taking a role from ${done.length} members`);
  await expect.poll(() => holders(bot, role), SOON).toEqual([]);
});

test('a right that is lost half-way ends the run and is said; a member who leaves does not', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const [role, team] = [await makeRole(bot), await makeRole(bot, 'Team')];
  const [left = '', ...others] = await discord.join(12);
  await give(bot, team, left, ...others);
  const lacks = { kind: 'status', status: 403, body: { message: 'Missing Permissions', code: 50013 } } as const;
  // The first batch is of five, the second of those to whom the bot may not give it any more.
  for (const id of others.slice(4, 9))
    discord.faults.rest(`/guilds/${discord.guildId}/members/${id}/roles/${role}`, lacks);
  const shown = await discord.slash(
    'role bulk',
    { change: 'add', role, has: team },
    { as: 'owner', deadlineMs: 60_000 },
  );
  await discord.leave(left);
  const [confirm = ''] = customIdsIn(shown.message);
  await discord.click(shown.message ?? '', confirm, { as: 'owner', deadlineMs: 60_000 });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.refused.permissions' } });
  const outcomes = ['refused', ...Array(4).fill('done'), ...Array(5).fill('refused'), ...Array(2).fill(null)];
  expect(items.map(({ outcome }) => outcome)).toEqual(outcomes);
  expect(items[0]?.why).toMatchObject({ key: 'moderation.refused.left' });
  expect(holders(bot, role)).toHaveLength(4);
});

test('nobody who fits, a role that is too high, no permission, no list, bad input', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const role = await makeRole(bot);
  expect(await order(bot, 'role bulk', { change: 'remove', role }, 'owner')).toContain('nobody whom that would change');
  expect(await order(bot, 'role bulk', { change: 'add', role }, 'member')).toContain('Manage Roles');
  const own = discord.roles.bot;
  expect(await order(bot, 'role bulk', { change: 'add', role: own }, 'owner')).toContain('manages this role');
  expect(await order(bot, 'role bulk', { change: 'add', role, 'joined-before': 'soon' }, 'owner')).toContain(
    'no span of time',
  );
  discord.faults.rest('/guilds/{guild_id}/members', {
    kind: 'status',
    status: 403,
    body: { code: 50001, message: 'x' },
  });
  expect(await order(bot, 'role bulk', { change: 'add', role }, 'owner')).toContain('Server Members');
  expect((await runOf(bot)).items).toEqual([]);
});
