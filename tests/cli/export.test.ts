import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress-bar.ts';
import { freshDatabase } from '../database.ts';
import { runMain } from '../process.ts';
import { CHANNEL, fillArchive, GUILD, messageAt } from '../workers/exports/archived.ts';

test('messages go to standard output as lines, or into a file, and how many they are is said beside it', async () => {
  await using database = await freshDatabase();
  await fillArchive(database.db, 3_000);
  const env = { DATABASE_URL: database.url };
  const span = ['--from', '2026-10-31T23:00:10Z', '--to', '2026-10-31T23:00:15Z'];
  await using said = await runMain(['export', 'messages', '--server', GUILD, '--channel', CHANNEL, ...span], env);
  expect(await said.ended).toBe(0);
  const lines = said.output.filter((line) => line.startsWith('{'));
  const ids = lines.map((line) => (JSON.parse(line) as { readonly id: string }).id);
  expect(ids).toEqual(Array.from({ length: 5 }, (_, at) => messageAt(10 + at)));
  expect(said.output).toContain('5 messages.');
  const args = ['export', 'messages', '--server', GUILD, '--format', 'csv', '--pack', 'gzip', '--output', 'all.csv.gz'];
  await using written = await runMain(args, env);
  expect(await written.ended).toBe(0);
  const table = gunzipSync(await readFile(join(written.folder, 'all.csv.gz'))).toString();
  expect(table.split('\r\n')).toHaveLength(3_002);
});

test('whoever stops an export finds no file, and what cannot be read is a wrong use', async () => {
  await using database = await freshDatabase();
  await fillArchive(database.db, 10);
  const env = { DATABASE_URL: database.url };
  await using wrong = await runMain(['export', 'messages', '--server', 'here', '--from', 'soon'], env);
  expect(await wrong.ended).toBe(2);
  expect(wrong.output.join('\n')).toContain('expected an id of Discord');
  await database.db.begin(async (tx) => {
    await tx`lock table archived_messages in access exclusive mode`; // so that it is under way until it is stopped
    await using run = await runMain(['export', 'messages', '--server', GUILD, '--output', 'all.jsonl'], env);
    for (let waiting: readonly unknown[] = []; waiting.length === 0; ) {
      waiting = await database.db`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    }
    run.kill('SIGINT');
    expect(await run.ended).toBe(1);
    expect(run.output.join('\n')).toContain('The export was stopped');
    expect((await readdir(run.folder)).filter((name) => name.startsWith('all'))).toEqual([]);
  });
});

test('a bar says how far it is', () => {
  expect(progressLine(600, 1_000, 2_000)).toBe(`[${'#'.repeat(18)}${'-'.repeat(12)}] 60 % 600 of 1000, 300 a second`);
  expect(progressLine(0, 0, 0)).toContain('100 %');
});
