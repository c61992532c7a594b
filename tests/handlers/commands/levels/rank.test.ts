import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';

vi.setConfig({ testTimeout: 90_000 });

/** A server in which people have these points, and forty others from 1 to 40. */
async function startRanked(points: Readonly<Record<string, number>> = {}): Promise<TestBot> {
  const bot = await startBot();
  const { guildId, people } = bot.discord;
  await bot.set('levels', { on: true });
  const others = Array.from({ length: 40 }, (_, at) => [`2000000000000000${String(at + 1).padStart(2, '0')}`, at + 1]);
  const rows = [...others, ...Object.entries(points).map(([name, own]) => [people[name] ?? '', own])].map(
    ([member_id, own]) => ({ guild_id: guildId, member_id: String(member_id), points: Number(own) }),
  );
  await bot.db`insert into member_points ${bot.db(rows)}`;
  return bot;
}

test('/rank shows a card, and says all that is on it', async () => {
  await using bot = await startRanked({ member: 130, moderator: 1_234 });
  const reply = await bot.discord.slash('rank', {}, { as: 'member' });
  const [card] = reply.message?.attachments ?? [];
  expect(card).toMatchObject({ filename: 'rank.png' });
  const said = JSON.stringify(reply.message?.components);
  const alt = 'Chinstrap. Level 1. Place 2 of 42, with 130 points. 30 of 155 points to level 2';
  expect(said).toContain(`"description":"${alt}"`);
  expect(bot.log.filter(({ msg }) => msg.includes('for a card'))).toEqual([]);
  for (const words of ['Chinstrap', 'Level 1', 'Place 2 of 42, with 130 points', '30 of 155 points to level 2'])
    expect(said).toContain(words);
  const other = await bot.discord.slash('rank', { member: bot.discord.people.moderator }, { as: 'member' });
  expect(JSON.stringify(other.message)).toContain('Place 1 of 42, with 1,234 points');
});

test('/rank is drawn without the picture where that cannot be loaded', async () => {
  await using bot = await startRanked({ member: 130 });
  vi.spyOn(bot.app.io, 'download').mockRejectedValue(new Error('no picture today'));
  const reply = await bot.discord.slash('rank', {}, { as: 'member' });
  expect(reply.message?.attachments).toHaveLength(1);
  await bot.logged(({ msg }) => msg === 'a picture for a card could not be loaded');
});

test('/rank says everything in words where no card can be drawn', async () => {
  await using bot = await startRanked({ member: 130 });
  vi.spyOn(bot.app.workers, 'offload').mockRejectedValue(new Error('no threads today'));
  const reply = await bot.discord.slash('rank', {}, { as: 'member' });
  expect(reply.message?.attachments).toHaveLength(0);
  expect(JSON.stringify(reply.message)).toContain('30 of 155 points to level 2');
});

test('/rank says who has none, and that bots have none', async () => {
  await using bot = await startRanked();
  const { people } = bot.discord;
  expect((await bot.discord.slash('rank', {}, { as: 'member' })).content).toContain('You have no points yet');
  expect((await bot.discord.slash('rank', { member: people.owner }, { as: 'member' })).content).toContain(
    'Adelie has no points yet',
  );
  expect((await bot.discord.slash('rank', { member: people.bot }, { as: 'member' })).content).toContain('is a bot');
  await bot.set('levels', { on: false });
  expect((await bot.discord.slash('rank', {}, { as: 'member' })).content).toContain('Points are not counted');
  expect((await bot.discord.slash('leaderboard', {}, { as: 'member' })).content).toContain('Points are not counted');
});

test('/leaderboard is turned by buttons, which know pages that are gone, and says where one stands', async () => {
  await using bot = await startRanked({ member: 130 });
  const { discord } = bot;
  const reply = await discord.slash('leaderboard', {}, { as: 'member' });
  const read = () => JSON.stringify(discord.state.messages.get(reply.message?.id ?? '')?.components);
  const button = (page: number) =>
    [...read().matchAll(/"custom_id":"(leaderboard[^"]+)"/g)].map(([, id = '']) => id).at(page) ?? '';
  expect(read()).toContain(`**1.** <@${discord.people.member}>: level 1, 130 points`);
  expect(read()).toContain('**10.** <@200000000000000032>: level 0, 32 points');
  expect(read()).toContain('You are at place 1.');
  await discord.click(reply.message ?? { id: '' }, button(1), { as: 'owner' });
  expect(read()).toContain('**11.** <@200000000000000031>');
  await discord.click(reply.message ?? { id: '' }, button(1), { as: 'member' });
  await bot.db`delete from member_points where points < 39`;
  await discord.click(reply.message ?? { id: '' }, button(1), { as: 'member' });
  expect(read()).toContain('**3.** <@200000000000000039>');
  expect(read()).not.toContain('**4.**');
  await bot.db`delete from member_points`;
  const none = await discord.slash('leaderboard', { page: 1_000 }, { as: 'member' });
  expect(JSON.stringify(none.message)).toContain('Nobody has points yet');
});
