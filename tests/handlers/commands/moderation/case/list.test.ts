import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../../../bot.ts';
import { expectWithinLimits, saidIn } from '../../files/inspected.ts';
import { order } from '../moderated.ts';
import { fillCases } from './case-rows.ts';

const moderator = { as: 'moderator' } as const;

/** The numbers of the cases in a list, as they are shown. */
function numbersIn(said: string): readonly number[] {
  return [...said.matchAll(/\*\*(\d+)\*\* /g)].map(([, number]) => Number(number));
}

async function turn(bot: TestBot, list: Parameters<TestBot['discord']['click']>[0], label: string) {
  const buttons = JSON.stringify(list).matchAll(
    /"label":"(\w+)"[^}]*?"custom_id":"([^"]+)"|"custom_id":"([^"]+)"[^}]*?"label":"(\w+)"/g,
  );
  const ids = new Map([...buttons].map(([, first, id, other, second]) => [first ?? second, id ?? other]));
  const reply = await bot.discord.click(list, ids.get(label) ?? '', moderator);
  return { said: saidIn(reply), message: reply.message };
}

test('pages of cases are turned to and fro, each found by the number it begins at', async () => {
  await using bot = await startBot();
  await fillCases(bot, 20);
  const first = await bot.discord.slash('case list', {}, moderator);
  expect(numbersIn(saidIn(first))).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  if (!first.message) throw new Error('no list came');
  const second = await turn(bot, first.message, 'Older');
  expect(numbersIn(second.said)).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
  if (!second.message) throw new Error('no list came');
  // What is new meanwhile moves nothing.
  expect(await order(bot, 'note', { who: 'member', text: 'new' })).toContain('Case 21');
  const last = await turn(bot, second.message, 'Older');
  expect(numbersIn(last.said)).toEqual([4, 3, 2, 1]);
  if (!last.message) throw new Error('no list came');
  const back = await turn(bot, last.message, 'Newer');
  expect(numbersIn(back.said)).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
});

test('a page ends where there is no room for more, and the next begins there, whichever way they are turned', async () => {
  await using bot = await startBot();
  await fillCases(bot, 17);
  const name = '*'.repeat(90);
  await bot.db`update cases set reason = ${'_'.repeat(1_000)}, target_name = ${name}, actor_name = ${name}`;
  const all = Array.from({ length: 17 }, (_, at) => 17 - at);
  const first = await bot.discord.slash('case list', {}, moderator);
  const pages = [numbersIn(saidIn(first))];
  let { message } = first;
  while (message && pages.flat().length < 17) {
    const older = await turn(bot, message, 'Older');
    pages.push(numbersIn(older.said));
    ({ message } = older);
  }
  expect(pages[0]?.length).toBeLessThan(8);
  expect(pages.flat()).toEqual(all);
  const back: (readonly number[])[] = [];
  while (message && back.length < pages.length - 1) {
    const newer = await turn(bot, message, 'Newer');
    back.unshift(numbersIn(newer.said));
    ({ message } = newer);
  }
  expect(back.flat()).toEqual(all.slice(0, back.flat().length));
  expectWithinLimits(message?.components, 'the last page');
});

test('cases are picked by person, moderator, type, time, words and whether they last', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  const list = async (options: Record<string, string | boolean>, name = 'case list') =>
    numbersIn(await order(bot, name, options));
  await fillCases(bot, 3, new Date(Date.now() - 40 * 86_400_000));
  await order(bot, 'ban', { who: 'newcomer', reason: 'sold fish at the gate', duration: '3 days' });
  await order(bot, 'timeout', { member: 'member', duration: '1 hour', reason: 'sold ice' }, 'owner');
  expect(await list({ type: 'ban' })).toEqual([4]);
  expect(await list({ user: 'member' })).toEqual([5, 3, 2, 1]);
  expect(await list({ moderator: 'owner' })).toEqual([5]);
  expect(await list({ from: '30 days' })).toEqual([5, 4]);
  expect(await list({ to: '30 days ago' })).toEqual([3, 2, 1]);
  expect(await list({ to: '2020-02-28' })).toEqual([]);
  expect(await list({ from: '2020-02-29' })).toEqual([5, 4, 3, 2, 1]);
  expect(await list({ active: true })).toEqual([5, 4]);
  expect(await list({ text: 'fish sold' }, 'case search')).toEqual([4]);
  expect(await list({ text: 'sold -fish' }, 'case search')).toEqual([5]);
  expect(await list({ text: 'reason', user: 'member' }, 'case search')).toEqual([3, 2, 1]);
  expect(await list({ text: '\0 & | ! :* (' }, 'case search')).toEqual([]);
  const history = await order(bot, 'history user', { user: 'member' });
  expect(history).toContain('warning (3)');
  expect(history).toContain(`<@${people.member}>`);
});

test('what cannot be read is said, and nothing is listed for whoever may not', async () => {
  await using bot = await startBot();
  await bot.discord.rest('PATCH', `/guilds/${bot.discord.guildId}`, { as: 'owner', body: { icon: null } });
  expect(await order(bot, 'case list', {})).toContain('no such case in this server');
  expect(await order(bot, 'case list', { type: 'hug' })).toContain('Choose a type from the list');
  expect(await order(bot, 'case list', { from: 'soon' })).toMatch(/soon|duration|time/);
  expect(await order(bot, 'case list', { from: '2026-02-30' })).toContain('2026-02-30');
  expect(await order(bot, 'case list', {}, 'member')).toContain('Timeout Members');
  expect(await order(bot, 'history user', { user: 'member' }, 'member')).toContain('Timeout Members');
});

test('the points in a history are those that the ladder counts, hidden cases too, and what there was ever is said beside', async () => {
  await using bot = await startBot();
  await fillCases(bot, 2, new Date(Date.now() - 40 * 86_400_000));
  await bot.db`update cases set points = 5`;
  await order(bot, 'warn', { member: 'member', reason: 'a', points: 3 });
  await order(bot, 'warn', { member: 'member', reason: 'b', points: 4 });
  await order(bot, 'case hide', { number: 4 });
  const history = () => order(bot, 'history user', { user: 'member' });
  expect(await history()).toContain('Points: 7 in the last 30 days, which is what counts here; 17 ever');
  await bot.set('moderation', { decayDays: 60 });
  expect(await history()).toContain('Points: 17.');
});
