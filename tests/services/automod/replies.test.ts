import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { TestBot } from '../../bot.ts';
import { startBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { has, judged, left, PATIENCE, rule, said, write, written } from './acting.ts';

vi.setConfig({ testTimeout: 120_000 });

const WARNING = 'That deletes everything, {member}. Do **not** run it.';

async function until(bot: TestBot, count: number): Promise<readonly string[]> {
  await expect.poll(() => said(bot, 'general').length, PATIENCE).toBe(count);
  return said(bot, 'general');
}

test('a warning is said once for a message, whatever is edited, and says so when what it is about is gone', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const warns = rule([{ do: 'reply', text: WARNING }], { name: 'Shell' });
  let edited = { ...(await discord.message({ as: 'member', channel: 'general', content: 'rm -rf /' })) };
  {
    await using bot = await startBot({ discord, env });
    await has(bot, judged(bot, edited, 'rm -rf /'), [warns]);
    const [reply = ''] = await until(bot, 1);
    expect(reply).toContain(`That deletes everything, <@${discord.people.member}>. Do **not** run it.`);
    expect(written(bot, 'general')[0]?.message_reference?.message_id).toBe(edited.id);
    await has(bot, judged(bot, edited, 'sudo rm -rf /', true), [warns]);
    expect(await until(bot, 1)).toHaveLength(1);
  }
  await using bot = await startBot({ discord, env });
  edited = { ...(await discord.edit(edited.id as never, 'ls')) };
  await has(bot, judged(bot, edited, 'ls', true), []);
  await expect.poll(() => said(bot, 'general')[0], { ...PATIENCE }).toContain('was changed');
  for (let turn = 0; turn < 10; turn += 1)
    await has(bot, judged(bot, edited, 'rm -rf /', true), turn % 2 ? [] : [warns]);
  await has(bot, judged(bot, edited, 'rm -rf /', true), [warns]);
  await expect.poll(() => said(bot, 'general')[0], { ...PATIENCE }).toContain('That deletes everything');
  expect(said(bot, 'general')).toHaveLength(1);
});

test('an answer to what is deleted names its author, pings nobody else, and is gone when its time is over', async () => {
  let now = new Date();
  await using bot = await startBot({ now: () => now });
  const answers = rule([{ do: 'delete' }, { do: 'reply', text: 'Not here, @everyone.', deleteAfter: 30 }]);
  await has(bot, await write(bot, { content: 'gone' }), [answers]);
  const [reply = ''] = await until(bot, 1);
  expect(reply).toContain(`<@${bot.discord.people.member}> Not here, @everyone.`);
  const sent = bot.discord.requests().find(({ body }) => JSON.stringify(body ?? '').includes('Not here'));
  expect(Object(sent?.body).allowed_mentions).toMatchObject({ parse: [], users: [bot.discord.people.member] });
  expect(left(bot)).toEqual([]);
  const ends = () => bot.db`select 1 from timers where kind = 'automod-reply-end' and done_at is null`;
  await expect.poll(async () => (await ends()).length, PATIENCE).toBe(1);
  now = new Date(now.getTime() + 31_000);
  bot.app.timers.wake();
  await until(bot, 0);
});
