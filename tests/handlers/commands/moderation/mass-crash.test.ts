import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { freshDatabase } from '../../../database.ts';
import { runMain, says } from '../../../process.ts';

vi.setConfig({ testTimeout: 200_000 });

const onBun = test.skipIf('Deno' in globalThis);

function envOf(discord: Sandbox, { url }: { readonly url: string }) {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    DATABASE_URL: url,
    HTTP_ADDRESS: 'off',
    WORKER_THREADS: '2',
  };
}

onBun.each([
  ['one request for all', false, 250],
  ['five at a time', true, 25],
])('a run whose process is killed goes on where it stood: %s', async (_, tell, people) => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = envOf(discord, database);
  const raid = await discord.join(people);
  const banned: string[] = [];
  {
    await using first = await runMain(['run'], env);
    await first.line(says('ready'));
    // Called while Discord bans: its answer has not been written yet, so whoever asked dies without it.
    discord.state.listeners.add(({ t, d }) => {
      if (t !== 'GUILD_BAN_ADD') return;
      banned.push((d as { user: { id: string } }).user.id);
      if (banned.length === 7) first.kill('SIGKILL');
    });
    const shown = await discord.slash(
      'massban',
      { ids: raid.slice(0, 250).join(' '), tell },
      { as: 'owner', deadlineMs: 60_000 },
    );
    const [button = ''] = customIdsIn(shown.message);
    if (!shown.message) throw new Error('nothing was shown');
    await discord.click(shown.message, button, { as: 'owner', settle: 'ack', deadlineMs: 60_000 });
    await first.ended;
  }
  await using second = await runMain(['run'], env);
  await second.line(says('ready'));
  const wanted = raid.slice(0, 250);
  const state = async () => (await database.db`select state from mass_runs`)[0]?.state;
  await expect.poll(state, { timeout: 150_000, interval: 250 }).toBe('done');
  expect(banned.toSorted()).toEqual(wanted.toSorted());
  const cases = await database.db`select number, target_id::text as target, state from cases order by number`;
  expect(cases.map(({ number }) => number)).toEqual(wanted.map((_id, at) => at + 1));
  expect(cases.map(({ target }) => target).toSorted()).toEqual(wanted.toSorted());
  expect(cases.every((one) => one.state === 'done')).toBe(true);
  const items = await database.db`select outcome, count(*)::int as count from mass_items group by outcome`;
  expect(items).toEqual([{ outcome: 'done', count: wanted.length }]);
});

onBun('whoever is removed when the process is killed is removed once, and none is reported as not done', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = envOf(discord, database);
  const raid = await discord.join(25);
  const removed: string[] = [];
  {
    await using first = await runMain(['run'], env);
    await first.line(says('ready'));
    discord.state.listeners.add(({ t, d }) => {
      if (t !== 'GUILD_MEMBER_REMOVE') return;
      removed.push((d as { user: { id: string } }).user.id);
      if (removed.length === 7) first.kill('SIGKILL');
    });
    const shown = await discord.slash('masskick', { ids: raid.join(' ') }, { as: 'owner', deadlineMs: 60_000 });
    const [button = ''] = customIdsIn(shown.message);
    if (!shown.message) throw new Error('nothing was shown');
    await discord.click(shown.message, button, { as: 'owner', settle: 'ack', deadlineMs: 60_000 });
    await first.ended;
  }
  await using second = await runMain(['run'], env);
  await second.line(says('ready'));
  const state = async () => (await database.db`select state from mass_runs`)[0]?.state;
  await expect.poll(state, { timeout: 150_000, interval: 250 }).toBe('done');
  expect(removed.toSorted()).toEqual(raid.toSorted());
  const cases = await database.db`select number, target_id::text as target, state from cases order by number`;
  expect(cases.map((one) => [one.number, one.target, one.state])).toEqual(raid.map((id, at) => [at + 1, id, 'done']));
  const items = await database.db`select outcome, count(*)::int as count from mass_items group by outcome`;
  expect(items).toEqual([{ outcome: 'done', count: 25 }]);
});

onBun('a purge whose process is killed goes on, and the log has all that was said', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = envOf(discord, database);
  const { general, 'mod-log': log } = discord.channels;
  const texts = Array.from({ length: 250 }, (_, at) => `flood no. ${at}`);
  for (const content of texts) await discord.message({ as: 'member', channel: 'general', content });
  {
    await using first = await runMain(['run'], env);
    await first.line(says('ready'));
    await discord.slash('config logs', { 'log-channel': log }, { as: 'owner', deadlineMs: 60_000 });
    let killed = false;
    discord.state.listeners.add(({ t }) => {
      if (t !== 'MESSAGE_DELETE_BULK' || killed) return;
      killed = true;
      first.kill('SIGKILL');
    });
    const options = { count: 250, user: 'member' };
    await discord.slash('purge', options, { as: 'owner', settle: 'ack', deadlineMs: 60_000 });
    await first.ended;
  }
  await using second = await runMain(['run'], env);
  await second.line(says('ready'));
  const state = async () => (await database.db`select state from mass_runs`)[0]?.state;
  await expect.poll(state, { timeout: 150_000, interval: 250 }).toBe('done');
  const left = discord.state.messages.list(general, { limit: 1_000 }).map(({ content }) => content);
  expect(left.filter((text) => text.startsWith('flood'))).toEqual([]);
  expect(await database.db`select type, state, data from cases`).toEqual([
    { type: 'purge', state: 'done', data: { count: 250 } },
  ]);
  const files = discord.state.messages.list(log, { limit: 10 }).flatMap(({ attachments }) => attachments);
  expect(files).toHaveLength(1);
  const kept = await (await fetch(String(files[0]?.url))).text();
  expect(texts.filter((text) => !kept.includes(`${text}\n`))).toEqual([]);
});
