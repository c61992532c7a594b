import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

test('shows account, join date, roles, avatar colours and activity of a member', async () => {
  await using bot = await startBot();
  await bot.discord.message({ as: 'member', content: 'three words here https://example.com' });
  await bot.logged(({ msg }) => msg === 'ready');
  const reply = await bot.discord.slash('userinfo', { who: bot.discord.people.member }, { as: 'owner' });
  expect(reply.content).toContain(`<@${bot.discord.people.member}>`);
  expect(reply.content).toMatch(/Joined\*\* <t:\d+:R>/);
  expect(reply.content).toContain(`<@&${bot.discord.roles.member}>`);
  expect(reply.content).toMatch(/Avatar colours\*\* `#[0-9a-f]{6}` \d+ %/);
});

test('counts what was written', async () => {
  await using bot = await startBot();
  await bot.discord.message({ as: 'newcomer', content: 'three words here https://example.com' });
  const counted = async () =>
    (await bot.app.activity.ofMember(bot.discord.guildId, bot.discord.people.newcomer)).messages === 1;
  await expect.poll(counted).toBe(true);
  const reply = await bot.discord.slash('userinfo', { who: bot.discord.people.newcomer });
  expect(reply.content).toContain('1 message, 3 words, 1 link, 0 mentions');
});

test('a part that fails is named, and the rest is shown', async () => {
  await using bot = await startBot();
  bot.discord.faults.files(/avatars/, { kind: 'status', status: 404 });
  const reply = await bot.discord.slash('userinfo', {}, { as: 'member' });
  expect(reply.content).toContain('Avatar colours** could not be found out');
  expect(reply.content).toMatch(/Joined\*\* <t:\d+:R>/);
  expect(reply.content).toContain('Try again in a moment');
});

test('somebody who left is shown as far as they are known', async () => {
  await using bot = await startBot();
  await bot.discord.leave('newcomer');
  const reply = await bot.discord.slash(
    'userinfo',
    { who: bot.discord.people.newcomer },
    { as: 'owner', unchecked: true },
  );
  expect(reply.content).toContain('Joined** not in this server');
});

test('the menu on a person says the same, to the asker alone', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.userMenu('User info', bot.discord.people.owner, { as: 'member' });
  expect(reply.ephemeral).toBe(true);
  expect(reply.content).toContain('Adelie');
});
