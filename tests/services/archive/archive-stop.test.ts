import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { freshDatabase } from '../../database.ts';
import { runMain, says } from '../../process.ts';

vi.setConfig({ testTimeout: 120_000 });

const MESSAGES = 300;

test('SIGTERM in the middle of many messages: every one that was heard before it is in the archive', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const { db } = database;
  await db`
    insert into settings (guild_id, area, value)
    values (${discord.guildId}, 'archive', ${db.json({ on: true, days: 90, channelDays: {} })})`;
  await using bot = await runMain(['run'], {
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl },
    ...{ DATABASE_URL: database.url, HTTP_ADDRESS: 'off', WORKER_THREADS: '2', SHUTDOWN_GRACE_MS: '30000' },
  });
  await bot.line(says('ready'));
  for (let at = 0; at < MESSAGES; at += 1)
    await discord.message({ as: 'member', channel: 'general', content: `number ${at}` });
  await discord.slash('ping', {}, { as: 'member' }); // it comes after them by the same connection
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  const [kept] =
    await db`select count(distinct message_id)::int as count from archived_messages where body like 'number %'`;
  expect(kept).toEqual({ count: MESSAGES });
});
