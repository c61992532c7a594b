import { expect, test, vi } from 'vitest';
import { startBot } from '../../../bot.ts';
import { auditOf, bannedIn, casesOf, lettersTo, order } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const KICK = 20;
const [BAN, UNBAN] = [22, 23];

function isHere({ discord }: Awaited<ReturnType<typeof startBot>>, person: string) {
  return discord.state.guilds.get(discord.guildId)?.members.has(discord.people[person] ?? person) ?? false;
}

test('a kicked member is told first, is gone, and the audit log has the case', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  expect(await order(bot, 'kick', { member: 'newcomer', reason: 'spam' })).toContain('**Case 1** · kick of');
  expect(isHere(bot, 'newcomer')).toBe(false);
  expect(lettersTo(bot, 'newcomer')).toEqual([expect.stringContaining('You are removed from Rockhopper Colony')]);
  expect(auditOf(bot)).toMatchObject([{ action_type: KICK, reason: `gentoo (${people.moderator}) · case 1 · spam` }]);
  expect(await order(bot, 'kick', { member: 'newcomer' })).toContain('is not in this server');
  expect(await order(bot, 'kick', { member: 'owner' })).toContain('owns this server');
  expect(await order(bot, 'kick', { member: 'moderator' })).toContain('That would be you');
  expect(await order(bot, 'kick', { member: 'moderator' }, 'member')).toContain('Kick Members');
  expect(await casesOf(bot)).toHaveLength(1);
});

test('a softban takes the latest messages away and leaves no ban', async () => {
  await using bot = await startBot();
  const { channels, state } = bot.discord;
  await bot.discord.message({ as: 'newcomer', channel: 'general', content: 'buy this' });
  expect(await order(bot, 'softban', { who: 'newcomer', 'delete-days': 2 })).toContain('**Case 1** · softban of');
  expect(isHere(bot, 'newcomer')).toBe(false);
  expect(bannedIn(bot)).toEqual([]);
  expect(state.messages.list(channels.general, { limit: 10 })).toEqual([]);
  expect(auditOf(bot).map(({ action_type }) => action_type)).toEqual([BAN, UNBAN]);
  await order(bot, 'ban', { who: 'member' });
  expect(await order(bot, 'softban', { who: 'member' })).toContain('They are banned already');
  expect(bannedIn(bot)).toHaveLength(1);
});

test('a ban is lifted by name, by choice and by id, also one made in Discord itself', async () => {
  await using bot = await startBot();
  const { people, guildId } = bot.discord;
  await order(bot, 'ban', { who: 'newcomer' });
  await bot.discord.rest('PUT', `/guilds/${guildId}/bans/${people.member}`, { as: 'owner' });
  await expect.poll(async () => (await casesOf(bot)).length).toBe(2);
  const offered = await bot.discord.autocomplete('unban', { who: 'strap' }, 'who', { as: 'moderator' });
  expect(offered).toEqual([{ name: `chinstrap (${people.member})`, value: people.member }]);
  expect(await bot.discord.autocomplete('unban', { who: '' }, 'who', { as: 'moderator' })).toHaveLength(2);
  expect(await order(bot, 'unban', { who: 'r' })).toContain('Choose somebody from the list');
  expect(await order(bot, 'unban', { who: 'Fiordland', reason: 'appealed' })).toContain('**Case 3** · unban of');
  expect(await order(bot, 'unban', { who: people.member })).toContain('**Case 4** · unban of');
  expect(bannedIn(bot)).toEqual([]);
  expect(await order(bot, 'unban', { who: people.member })).toContain('They are not banned');
  expect(await order(bot, 'unban', { who: '1170000000000009999' })).toContain('Discord knows nobody');
  expect(lettersTo(bot, 'newcomer')).toHaveLength(1);
  const pages = bot.discord.requests().filter(({ method, path }) => method === 'GET' && path.endsWith('/bans'));
  expect(pages.length).toBeLessThanOrEqual(3); // kept for a while, and never walked
  expect((await casesOf(bot)).map(({ endedAt }) => endedAt === null)).toEqual([false, false, true, true]);
});

test('a note is done to nobody, told to nobody, and of anybody', async () => {
  await using bot = await startBot();
  expect(await order(bot, 'note', { who: 'owner', text: 'asked *nicely*' })).toContain('**Case 1** · note of');
  expect(lettersTo(bot, 'owner')).toEqual([]);
  expect(auditOf(bot)).toEqual([]);
  const shown = await order(bot, 'case view', { number: 1 });
  expect(shown).toContain('Case 1: note');
  expect(shown).toContain('asked \\*nicely\\*');
  expect(await order(bot, 'case view', { number: 2 })).toContain('There is no case 2');
  expect(await order(bot, 'case view', { number: 1 }, 'member')).toContain('Timeout Members');
  expect(await order(bot, 'note', { who: 'member', text: 'x' }, 'member')).toContain('Timeout Members');
});
