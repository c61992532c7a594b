import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import type { Inspecting } from '../../../src/services/inspector/inspector.ts';
import { Limits } from '../../../src/workers/inspect/budget.ts';
import { startBot } from '../../bot.ts';

const POLLED = { timeout: 60_000 };

/** A bot and an uploaded file whose download stands still until `release`; `inspect` asks as the handlers do. */
async function startHeld() {
  await using opened = new AsyncDisposableStack();
  const bot = opened.use(await startBot());
  const held = Promise.withResolvers<void>();
  opened.defer(() => held.resolve());
  const bytes = new TextEncoder().encode('name,age\nAda,36\n');
  const { attachments } = await bot.discord.message({
    as: 'owner',
    files: [{ name: 'people.csv', bytes, contentType: 'text/csv' }],
  });
  const [attached] = attachments;
  if (!attached) throw new Error('nothing was uploaded');
  bot.discord.faults.files('people.csv', { kind: 'held', until: held.promise });
  const file = { name: 'people.csv', size: attached.size, url: attached.url, contentType: 'text/csv' };
  const limits = Value.Create(Limits);
  const download = { maxBytes: 1_000_000, deadlineMs: 60_000 };
  const inspect = (more: Partial<Inspecting> = {}) =>
    bot.app.inspector.inspect(file, {
      download,
      limits,
      askedBy: bot.discord.people.owner,
      signal: new AbortController().signal,
      ...more,
    });
  const owned = opened.move();
  return { ...bot, inspect, download, release: held.resolve, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('who asks for the same file at a time share one download and one place, and who cancels takes it from nobody', async () => {
  await using at = await startHeld();
  const { io, inspector } = at.app;
  const stop = new AbortController();
  const first = at.inspect({ signal: stop.signal });
  const others = [at.inspect(), at.inspect(), at.inspect()];
  await expect.poll(() => io.stats().pending, POLLED).toBe(1);
  expect(inspector.admission.stats().underWay).toBe(1);
  stop.abort(new Error('not any more'));
  await expect(first).rejects.toThrow('not any more');
  expect(io.stats().pending).toBe(1);
  at.release();
  const verdicts = await Promise.all(others);
  expect(verdicts.map(({ report, file }) => [report.type, file.size])).toEqual(Array(3).fill(['csv', 16]));
  expect(new Set(verdicts.map(({ id }) => id)).size).toBe(3);
  expect(io.stats()).toMatchObject({ pending: 0, done: 1, failed: 0 });
});

test('who may wait less than others is not kept waiting by them, and who asks does not wait for what nobody asked about', async () => {
  await using at = await startHeld();
  const patient = at.inspect();
  const unasked = at.inspect({ unasked: true });
  const hasty = at.inspect({ download: { ...at.download, deadlineMs: 200 } });
  await expect(hasty).rejects.toThrow('inspect.refused.tooSlow');
  expect(at.app.io.stats().pending).toBe(2);
  at.release();
  expect((await patient).sha256).toBe((await unasked).sha256);
  expect(at.app.io.stats()).toMatchObject({ done: 2, failed: 1 });
});
