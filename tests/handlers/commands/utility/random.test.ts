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

test('a member is drawn from those who wrote lately and are still there, of a role if asked, and nobody is notified', async () => {
  await using bot = await startBot();
  const { discord, db } = bot;
  const { people, roles, state, guildId } = discord;
  const none = await discord.slash('random member', {}, { as: 'owner' });
  expect(saidIn(none)).toContain('nobody has written yet');
  const wrote = (who: string | undefined, daysAgo = 1) => db`
    insert into activity values (${guildId}, ${who ?? ''}, 1, now() - ${daysAgo}::int * interval '1 day', 1, 1, 0, 0)`;
  await wrote('100000000000000001'); // has left
  await wrote(state.bot.id);
  await wrote(people.owner, 31);
  await wrote(people.newcomer);
  const only = await discord.slash('random member', {}, { as: 'owner' });
  expect(saidIn(only)).toContain(`<@${people.newcomer}>, the only one who wrote here in the last 30 days`);
  expect(only.message?.mentions).toEqual([]);
  const role = { role: roles.moderator ?? '' };
  const refused = await discord.slash('random member', role, { as: 'owner' });
  expect(saidIn(refused)).toContain(`none of them has <@&${role.role}>`);
  await wrote(people.moderator);
  const moderator = await discord.slash('random member', role, { as: 'owner' });
  expect(saidIn(moderator)).toContain(`<@${people.moderator}>, the only one with <@&${role.role}>`);
  const everybody = await discord.slash('random member', { role: guildId }, { as: 'owner' });
  expect(saidIn(everybody)).toMatch(/<@\d+>, drawn from the 2 people who wrote here/);
});

test('of many who wrote a hundred are looked at, and that is said', async () => {
  await using bot = await startBot();
  const { discord, db } = bot;
  await db`
    insert into activity
    select ${discord.guildId}, id::bigint, 1, now(), 1, 1, 0, 0 from unnest(${await discord.join(150)}::text[]) as id`;
  const drawn = await discord.slash('random member', {}, { as: 'owner' });
  expect(saidIn(drawn)).toMatch(/<@\d+>, drawn from 100 of the 150 people/);
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
