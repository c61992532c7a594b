import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

test('a person is in timeout once they have pressed the button that says what will happen', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const until = () => discord.state.guilds.get(guildId)?.members.get(people.member)?.communication_disabled_until;
  const reply = await discord.slash('selftimeout', { duration: '2h' });
  expect(saidIn(reply)).toContain('For 2 hours you will not be able to write');
  expect(until()).toBeNull();
  const customId = /"custom_id":"(selftimeout\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
  const before = Date.now();
  expect(saidIn(await discord.click(reply.message ?? '', customId))).toContain('You are in timeout until');
  const end = Date.parse(until() ?? '') - 7_200_000;
  expect(end).toBeGreaterThanOrEqual(before - 1_000); // Discord may cut to whole seconds
  expect(end).toBeLessThanOrEqual(Date.now());
});

test('what was asked for first does not end a longer timeout, and lengthens a shorter one', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const until = () => discord.state.guilds.get(guildId)?.members.get(people.member)?.communication_disabled_until;
  const ask = async (duration: string) => {
    const reply = await discord.slash('selftimeout', { duration });
    const customId = /"custom_id":"(selftimeout\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
    // As a press that was on its way: who is in timeout presses nothing.
    return async () => saidIn(await discord.click(reply.message ?? '', customId, { unchecked: true }));
  };
  const [short, middle, long] = [await ask('5 min'), await ask('2 h'), await ask('7 days')];
  expect(await short()).toContain('You are in timeout until');
  const first = Date.parse(until() ?? '');
  expect(await middle()).toContain('See you then');
  expect(Date.parse(until() ?? '')).toBeGreaterThan(first);
  expect(await long()).toContain('See you then');
  const last = until();
  expect(await short()).toContain('this would end it sooner');
  expect(until()).toBe(last);
});

test('a timeout that a moderator gave meanwhile is not ended by a button from before', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const until = () => discord.state.guilds.get(guildId)?.members.get(people.member)?.communication_disabled_until;
  const reply = await discord.slash('selftimeout', { duration: '5 min' });
  const customId = /"custom_id":"(selftimeout\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
  const given = new Date(Date.now() + 7 * 86_400_000).toISOString();
  await discord.rest('PATCH', `/guilds/${guildId}/members/${people.member}`, {
    as: 'owner',
    body: { communication_disabled_until: given },
  });
  const standing = until();
  const pressed = await discord.click(reply.message ?? '', customId, { unchecked: true }); // it was on its way
  expect(saidIn(pressed)).toContain('this would end it sooner');
  expect(until()).toBe(standing);
});

test('too short, too long, and whom Discord protects are refused', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(saidIn(await discord.slash('selftimeout', { duration: '1 min' }))).toContain('Write 5 minutes or more');
  expect(saidIn(await discord.slash('selftimeout', { duration: '8 days' }))).toContain('or less');
  expect(saidIn(await discord.slash('selftimeout', { duration: 'ever' }))).toContain('no span of time');
  expect(saidIn(await discord.slash('selftimeout', { duration: '2h' }, { as: 'owner' }))).toContain('does not let me');
});

test('spans are offered: typical ones, what is typed in words, a number in every unit that fits, and what is wrong', async () => {
  await using bot = await startBot();
  const offered = (duration: string) => bot.discord.autocomplete('selftimeout', { duration }, 'duration');
  expect(await offered('')).toContainEqual({ name: '3 hours', value: '3 hours' });
  expect(await offered('1h30')).toEqual([{ name: '1 hour 30 minutes', value: '1h30' }]);
  expect((await offered('5')).map(({ name }) => name)).toEqual(['5 minutes', '5 hours', '5 days']);
  expect((await offered('100000000'))[0]?.name).toContain('100000000 of what?');
  const [long] = await offered('9 days');
  expect(long?.name).toContain('Write 1 week or less');
  for (const typed of ['x'.repeat(500), '`**<@1>', '\u0000', '1'.repeat(100)]) {
    for (const { name, value } of await offered(typed)) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(String(value).length).toBeLessThanOrEqual(100);
    }
  }
});
