import { expect, test } from 'vitest';
import { startSandbox } from '../sandbox/server/sandbox.ts';
import { startBot } from './bot.ts';
import { freshDatabase } from './database.ts';
import { Bridge } from './db/bridge.ts';

test('on the embedded database the bot does the same', async () => {
  await using bot = await startBot({ database: 'embedded' });
  expect(bot.app.database.kind).toBe('embedded');
  const changed = await bot.discord.slash('config general', { 'time-zone': 'Asia/Tokyo' }, { as: 'owner' });
  expect(changed.content).toContain('Time zone** Asia/Tokyo');
  await bot.discord.message({ as: 'member', content: 'two words' });
  await expect.poll(() => bot.app.activity.totals().counted).toBe(1);
  await bot.app.activity.flush();
  expect((await bot.discord.slash('userinfo', { who: bot.discord.people.member })).content).toContain(
    '1 message, 2 words',
  );
});

test('while the database is away people are told so, the bot stays connected, and recovers by itself', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using bot = await startBot({ env: { DATABASE_URL: bridge.url } });
  await bridge.down();
  const asked = () => bot.discord.slash('config general', {}, { as: 'owner' });
  await expect.poll(async () => (await asked()).content).toContain('The database is away, try again in a moment.');
  expect((await bot.discord.slash('ping')).content).toContain('Pong');
  await expect.poll(() => bot.app.database.away).toBe(true);
  await bridge.up();
  await expect.poll(() => bot.app.database.away).toBe(false);
  expect((await asked()).content).toContain('General settings');
});

test('messages counted while the database is away are stored when it is back', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using bot = await startBot({ env: { DATABASE_URL: bridge.url } });
  await bridge.down();
  await bot.discord.message({ as: 'member', content: 'while away' });
  await expect.poll(() => bot.app.activity.totals().counted).toBe(1);
  await bridge.up();
  await expect
    .poll(() =>
      bot.app.activity.flush().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  expect(await database.db`select messages from activity`).toEqual([{ messages: 1 }]);
});

test('a database that is down at start is waited for', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url, { up: false });
  const starting = startBot({ env: { DATABASE_URL: bridge.url } });
  await bridge.up();
  await using bot = await starting;
  expect((await bot.discord.slash('config general', {}, { as: 'owner' })).content).toContain('General settings');
});

test('a start that fails half-way closes what was open', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const env = { DATABASE_URL: database.url, DISCORD_TOKEN: 'a.refused.token.of.some.length' };
  await expect(startBot({ discord, env })).rejects.toThrow('Discord refuses the token');
  const connections = () =>
    database.db`select count(*)::int as open from pg_stat_activity where application_name = 'rockhopper' and datname = current_database() and pid <> pg_backend_pid()`;
  await expect.poll(async () => (await connections())[0]?.open).toBe(0);
});

test('the owners’ channel hears of a part that is in trouble, and of its recovery', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using bot = await startBot({ env: { DATABASE_URL: bridge.url } });
  const { channels, guildId } = bot.discord;
  await bot.set('logs', { ownersChannel: channels['mod-log'] });
  // The news of the change may come while the settings are being read; then they are read again.
  const known = async () => {
    await Promise.all([bot.app.settings.of(guildId, 'logs'), bot.app.settings.of(guildId, 'general')]);
    return bot.app.settings.peek(guildId, 'logs')?.ownersChannel;
  };
  await expect.poll(known).toBe(channels['mod-log']);
  const { default: healthMonitor } = await import('../src/scheduler/jobs/health-monitor.ts');
  const told = async (text: string) => {
    const since = bot.discord.mark();
    await healthMonitor.run(bot.app, AbortSignal.timeout(20_000), () => {});
    const sent = bot.discord.requests(since).filter(({ path }) => path === `/channels/${channels['mod-log']}/messages`);
    expect(JSON.stringify(sent.map(({ body }) => body))).toContain(text);
  };
  await bridge.down();
  await told('The database is in trouble');
  await bridge.up();
  await expect.poll(() => bot.app.database.away).toBe(false);
  await told('The database is fine again');
});

test('a thread that is ended for its deadline takes no other file with it', async () => {
  await using bot = await startBot();
  const file = { name: 'a.csv', bytes: new TextEncoder().encode('a,b\n1,2\n'), contentType: 'text/csv' };
  const died = bot.app.workers.offload('burn', { iterations: 100_000_000 }, { deadlineMs: 50 });
  const opened = bot.discord.slash('inspect', { file }, { settle: 'ack' });
  await expect(died).rejects.toMatchObject({ name: 'DeadlineError' });
  const said = await (await opened).until(({ content }) => content.includes('**SHA-256**'), { deadlineMs: 30_000 });
  expect(said.content).toContain('a table (CSV)');
});
