import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import type { Reply } from '../../../../sandbox/server/verbs/reply.ts';
import { startBot, type TestBot } from '../../../bot.ts';

const BUSY = 'I am busy with other files right now. Try again in a moment.';
const file = (name: string, bytes = 10) => ({
  name,
  bytes: new TextEncoder().encode(`${name} `.padEnd(bytes, 'x')),
  contentType: 'text/plain',
});

const PATIENT = { deadlineMs: 60_000 };
/** Other tests may want the machine too. */
const POLLED = { timeout: 60_000 };

/** The answer once it no longer tells how far it is. */
const last = (reply: Reply) => reply.until(({ content }) => !content.includes('Opening files'), PATIENT);

/** A bot among many people, whose downloads of `held-…` stand still until `release` is called. */
async function startHeld(env: Readonly<Record<string, string>>) {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' }));
  const bot = opened.use(await startBot({ discord, env }));
  const held = Promise.withResolvers<void>();
  discord.faults.files(/\/held-/, { kind: 'held', until: held.promise });
  opened.defer(() => held.resolve());
  const inspect = async (name: string, at: number, bytes?: number) =>
    last(await discord.slash('inspect', { file: file(name, bytes) }, { as: `extra${at}`, ...PATIENT }));
  const owned = opened.move();
  return { bot, discord, inspect, release: held.resolve, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const turnedAway = async ({ app }: TestBot) =>
  (await app.metrics.registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('rockhopper_files_turned_away_total{'));

test('more files than fit: some are told at once to come again, none is lost, and afterwards all is as before', async () => {
  await using at = await startHeld({ FILES_AT_ONCE: '2', FILES_WAITING: '1' });
  const { admission } = at.bot.app.inspector;
  const answers = [1, 2, 3, 4, 5, 6].map((person) => at.inspect(`held-${person}.txt`, person));
  await expect.poll(() => admission.stats(), POLLED).toMatchObject({ underWay: 2, waiting: 1, refused: 3 });
  expect((await at.discord.slash('status')).content).toContain('2 under way (0 MB), 1 waiting, 3 refused');
  at.release();
  const replies = await Promise.all(answers);
  const [busy, shown] = [replies.filter(({ content }) => content === BUSY), replies.filter((r) => r.content !== BUSY)];
  expect(busy).toHaveLength(3);
  expect(busy.every(({ ephemeral }) => ephemeral)).toBe(true);
  expect(shown.map(({ content }) => /held-\d\.txt[\s\S]*SHA-256/.test(content))).toEqual([true, true, true]);
  expect(await turnedAway(at.bot)).toEqual(['rockhopper_files_turned_away_total{asked="yes",reason="full"} 3']);
  expect(admission.stats()).toMatchObject({ underWay: 0, bytes: 0, waiting: 0 });
  expect((await at.inspect('after.txt', 7)).content).toContain('SHA-256');
  expect(at.bot.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('large files fill the room before many do, and one that is larger than all of it is opened alone', async () => {
  await using at = await startHeld({ FILES_MEGABYTES: '1', FILES_WAITING: '0' });
  const first = at.inspect('held-1.txt', 1, 600_000);
  const { admission } = at.bot.app.inspector;
  await expect.poll(() => admission.stats(), POLLED).toMatchObject({ underWay: 1, bytes: 600_000 });
  expect((await at.inspect('held-2.txt', 2, 600_000)).content).toBe(BUSY);
  expect((await at.inspect('small.txt', 3, 300_000)).content).toContain('SHA-256');
  at.release();
  expect((await first).content).toContain('SHA-256');
  expect((await at.inspect('large.txt', 4, 2_000_000)).content).toContain('SHA-256');
});

test('two files that are compared take two places, and never wait for each other', async () => {
  await using at = await startHeld({ FILES_AT_ONCE: '2', FILES_WAITING: '4' });
  const { admission } = at.bot.app.inspector;
  const compare = (person: number) =>
    at.discord.slash(
      'diff',
      { before: file(`held-${person}a.txt`), after: file(`held-${person}b.txt`) },
      { as: `extra${person}`, ...PATIENT },
    );
  const answers = [compare(1), compare(2)];
  await expect.poll(() => admission.stats(), POLLED).toMatchObject({ underWay: 2, waiting: 1 });
  at.release();
  for (const { content } of await Promise.all(answers)) expect(content).toContain('Lines added: 1;');
});

test('an upload that nobody asked about makes way for somebody who asks, and is counted', async () => {
  await using at = await startHeld({ FILES_AT_ONCE: '1', FILES_WAITING: '1' });
  const { app, log } = at.bot;
  await at.bot.set('files', { watchUploads: true });
  const first = at.inspect('held-1.txt', 1);
  await expect.poll(() => app.inspector.admission.stats().underWay, POLLED).toBe(1);
  const secret = { ...file('keys.txt'), bytes: new TextEncoder().encode(`token = ghp_${'a1B2'.repeat(9)}\n`) };
  await at.discord.message({ as: 'member', files: [secret] });
  await expect.poll(() => app.inspector.admission.stats().waiting, POLLED).toBe(1);
  const second = at.inspect('held-2.txt', 2);
  await expect.poll(() => app.inspector.admission.stats().passedOver, POLLED).toBe(1);
  at.release();
  for (const { content } of await Promise.all([first, second])) expect(content).toContain('SHA-256');
  expect(await turnedAway(at.bot)).toEqual(['rockhopper_files_turned_away_total{asked="no",reason="gave-way"} 1']);
  expect(log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('of the files of one message, those that find no room say so on their own cards', async () => {
  await using at = await startHeld({ FILES_AT_ONCE: '1', FILES_WAITING: '1' });
  const files = [1, 2, 3].map((n) => file(`held-${n}.txt`));
  const message = await at.discord.message({ as: 'owner', files });
  const answer = at.discord.messageMenu('Inspect files', message.id, { as: 'member', ...PATIENT });
  await expect.poll(() => at.bot.app.inspector.admission.stats().refused, POLLED).toBe(1);
  at.release();
  const { content } = await last(await answer);
  expect(content.match(/SHA-256/g)).toHaveLength(2);
  expect(content).toContain(BUSY);
});

test('a file for which no thread comes free is answered the same way, whatever was asked of it', async () => {
  await using at = await startHeld({});
  const { workers } = at.bot.app;
  const stop = new AbortController();
  const burning = Array.from({ length: 1_001 }, () =>
    workers.offload('burn', { iterations: 16_000_000 }, { signal: stop.signal, deadlineMs: 60_000 }),
  );
  const ended = Promise.allSettled(burning);
  expect(workers.stats().bulk.queued).toBe(1_000);
  expect((await at.inspect('a.txt', 1)).content).toBe(BUSY);
  const chart = { file: { ...file('a.csv'), bytes: new TextEncoder().encode('a,b\n1,2\n') }, column: 'a' };
  expect((await at.discord.slash('chart', chart, PATIENT)).content).toBe(BUSY);
  expect(await turnedAway(at.bot)).toEqual(['rockhopper_files_turned_away_total{asked="yes",reason="no-thread"} 2']);
  stop.abort();
  await ended;
  expect((await at.inspect('b.txt', 2)).content).toContain('SHA-256');
});
