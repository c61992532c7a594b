import { expect, test, vi } from 'vitest';
import { COMMANDS } from '../../../../src/handlers/commands.ts';
import { DEMANDS } from '../../../../src/services/mass/demands.ts';
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

test.each([
  ['five at a time', true, 30, 5],
  ['by the route for many', false, 250, 200],
])(
  'whoever may not ban any more bans nobody any more, and the rest is not tried: %s',
  async (_, tell, people, done) => {
    await using bot = await startBot();
    await bot.set('moderation', { brakeBans: 0 });
    const raid = await bot.discord.join(people);
    atFirstBan(bot, () => demote(bot, 'moderator'));
    await confirmed(bot, 'massban', { ids: raid.join(' '), tell });
    const { run, items } = await untilOver(bot);
    expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.mayNotAnyMore' } });
    expect(items.slice(done).every(({ outcome }) => outcome === null)).toBe(true);
    expect(bannedIn(bot).length).toBeLessThanOrEqual(done);
    expect((await casesOf(bot)).filter(({ state }) => state === 'pending')).toEqual([]);
  },
);

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
