import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startWorkers } from '../../src/workers/offload.ts';

test('every file in tasks/ is on the list, under its name', async () => {
  const files = await readdir(new URL('../../src/workers/tasks/', import.meta.url));
  const names = files.map((file) =>
    file.replace(/\.ts$/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  );
  await using workers = await startWorkers({ threads: 2 });
  expect(workers.list()).toEqual(names.sort());
});

test('every task runs in a thread with its sample', async () => {
  await using workers = await startWorkers({ threads: 2 });
  const tried = await workers.selfTest();
  expect(tried.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(tried.map(({ name }) => name)).toEqual(workers.list());
});

test('bytes that are no picture fail in the thread with the class of the error', async () => {
  await using workers = await startWorkers({ threads: 2 });
  await expect(workers.offload('avatarColours', { png: new Uint8Array(8) })).rejects.toMatchObject({
    name: 'TaskError',
    cause: { name: 'NotAPngError' },
  });
});
