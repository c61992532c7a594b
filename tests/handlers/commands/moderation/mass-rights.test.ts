import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { COMMANDS } from '../../../../src/handlers/commands.ts';
import { DEMANDS } from '../../../../src/services/mass/demands.ts';
import { NEEDED } from '../../../../src/services/moderation/may-still.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { confirmed, untilOver } from './mass.ts';
import { bannedIn, casesOf } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Does something at the moment of the first ban, before Discord has answered it. */
function atFirstBan({ discord }: TestBot, act: () => void): void {
  let first = true;
  discord.state.listeners.add(({ t }) => {
    if (t !== 'GUILD_BAN_ADD' || !first) return;
    first = false;
    act();
  });
}

/** Takes the roles of a person without telling the bot, which has to ask. */
function demote({ discord }: TestBot, person: string): void {
  const { state, guildId, people } = discord;
  const guild = state.guilds.get(guildId);
  const member = guild?.members.get(people[person] ?? '');
  if (!guild || !member) throw new Error(`${person} is not here`);
  guild.setMember({ ...member, roles: [] });
  guild.permissionCache.clear();
}

async function stoppedRun(bot: TestBot, people: number, tell: boolean) {
  await bot.set('moderation', { brakeBans: 0 });
  const raid = await bot.discord.join(people);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.mayNotAnyMore' } });
  expect((await casesOf(bot)).filter(({ state }) => state === 'pending')).toEqual([]);
  return items.map(({ outcome }) => outcome);
}

test('whoever may not ban any more bans nobody any more, and the rest is not tried: by the route for many', async () => {
  await using bot = await startBot();
  atFirstBan(bot, () => demote(bot, 'moderator'));
  const outcomes = await stoppedRun(bot, 250, false);
  expect(outcomes.slice(200)).toEqual(Array.from({ length: 50 }, () => null));
  expect(bannedIn(bot).length).toBeLessThanOrEqual(200);
});

test('the same five at a time, where Discord does not tell of members: it is asked', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { members: false } });
  await using bot = await startBot({ discord });
  atFirstBan(bot, () => demote(bot, 'moderator'));
  const outcomes = await stoppedRun(bot, 30, true);
  expect(outcomes.slice(5)).toEqual(Array.from({ length: 25 }, () => null));
});

test('the same five at a time, where Discord tells of it: no batch asks once more', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people, roles } = discord;
  const path = `/guilds/${guildId}/members/${people.moderator}`;
  let taken: Promise<unknown> | undefined;
  atFirstBan(bot, () => {
    taken = discord.rest('DELETE', `${path}/roles/${roles.moderator}`, { as: 'owner' });
  });
  const outcomes = await stoppedRun(bot, 30, true);
  await taken;
  expect(outcomes.filter((outcome) => outcome === null).length).toBeGreaterThanOrEqual(20);
  const asked = discord.requests().filter((one) => one.method === 'GET' && one.path.endsWith(path));
  expect(asked.length).toBeLessThanOrEqual(2); // for what was shown, and for the first batch
});

test('a rank that is taken away stops a run as well', async () => {
  await using bot = await startBot();
  const { people, roles } = bot.discord;
  await bot.set('permissions', { roles: { [roles.moderator]: 6 } });
  const raid = await bot.discord.join(30);
  let taken: Promise<void> | undefined;
  atFirstBan(bot, () => {
    taken = bot.set('permissions', { people: { [people.moderator]: 0 } });
  });
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const { run, items } = await untilOver(bot);
  await taken;
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.mayNotAnyMore' } });
  expect(items.filter(({ outcome }) => outcome === null).length).toBeGreaterThanOrEqual(20);
});

test('a purge ends with the right to it, where it is', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  for (let at = 0; at < 120; at++) await discord.message({ as: 'member', channel: 'general', content: `${at}` });
  discord.state.listeners.add(({ t }) => {
    if (t === 'MESSAGE_DELETE_BULK') demote(bot, 'moderator');
  });
  await discord.slash('purge', { count: 120 }, { as: 'moderator', unchecked: true, deadlineMs: 90_000 });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.mayNotAnyMore' } });
  expect(items.filter(({ outcome }) => outcome === 'done')).toHaveLength(100);
  expect(await casesOf(bot)).toMatchObject([{ type: 'purge', state: 'done' }]);
});

test('a run asks what its command asks', () => {
  for (const { command, needs, inChannel = false } of Object.values(DEMANDS)) {
    const found = COMMANDS[`moderation/${command.replace(' ', '/')}`];
    expect([command, found?.needs, found?.inChannel ?? false]).toEqual([command, needs, inChannel]);
  }
});

test('what had to wait is asked what its command asks', () => {
  for (const [type, needs] of NEEDED)
    expect([type, COMMANDS[`moderation/${type.replace('-', '/')}`]?.needs]).toEqual([type, needs]);
});
