import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { freshDatabase } from '../../../database.ts';
import { runMain, says } from '../../../process.ts';

vi.setConfig({ testTimeout: 200_000 });

test.skipIf('Deno' in globalThis).each([
  ['one request for all', false, 250],
  ['five at a time', true, 25],
])('a run whose process is killed goes on where it stood: %s', async (_, tell, people) => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    DATABASE_URL: database.url,
    HTTP_ADDRESS: 'off',
    WORKER_THREADS: '2',
  };
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
