import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

test('chance decides: numbers, a coin, dice, a list', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const number = await discord.slash('random number', { from: -2, to: -1 });
  expect(saidIn(number)).toMatch(/\*\*\\?-[12]\*\*, drawn from \\?-2 to \\?-1/);
  expect(saidIn(await discord.slash('random number', { from: 500 }))).toContain('**500**, drawn from 500 to 500');
  expect(saidIn(await discord.slash('random coin'))).toMatch(/\*\*(Heads|Tails)\.\*\*/);
  expect(saidIn(await discord.slash('random dice', { dice: '2d2+10' }))).toMatch(
    /2d2\+10: 1[234]\nd2: [12], [12]; \+ 10/,
  );
  const pick = await discord.slash('random pick', { from: 'a*, b , ,c', many: 3 }, { as: 'owner' });
  expect(saidIn(pick)).toContain('3 of 3');
  expect(saidIn(pick)).toContain('a\\*');
  const ping = await discord.slash('random pick', { from: '@everyone,<@1>' }, { as: 'owner', channel: 'dm' });
  expect(ping.message?.mentions).toEqual([]);
  expect(ping.message?.mention_everyone).toBe(false);
});

test('what cannot be drawn is said with what to write instead', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(saidIn(await discord.slash('random number', { from: 2, to: 1 }))).toContain('Swap them');
  expect(saidIn(await discord.slash('random dice', { dice: '**999d6**' }))).toContain('Write dice as 2d6+1');
  expect(saidIn(await discord.slash('random pick', { from: 'one' }))).toContain('nothing to pick from');
  expect(saidIn(await discord.slash('random pick', { from: 'a,b', many: 3 }))).toContain('There are only 2');
  const many = await discord.slash('random pick', { from: 'a,'.repeat(101) }, { as: 'owner' });
  expect(saidIn(many)).toContain('at most 100 things');
});
