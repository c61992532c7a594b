import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { upload } from '../files/inspected.ts';
import { casesOf, order, withLog } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const SOON = { timeout: 60_000 };
const PROOF = 'what they wrote, as it was';

interface Piece {
  readonly kept?: { readonly channel: string; readonly message: string };
  readonly lost?: { readonly key: string };
}

/** The evidence of the only case. */
async function evidenceOf(bot: TestBot): Promise<readonly Piece[]> {
  const { db } = bot.app; // which may be that of another bot before
  return ((await casesOf({ ...bot, db }))[0]?.evidence ?? []) as Piece[];
}

/** What is in the file that a message carries. */
async function fileIn({ discord }: TestBot, message: string | undefined): Promise<string> {
  const [attachment] = discord.state.messages.get(message ?? '')?.attachments ?? [];
  return attachment ? await (await fetch(attachment.url)).text() : 'no file';
}

test("a file given as evidence is put into the log, as it is, and the case's message there leads to it", async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const file = upload('a proof, [really].txt', PROOF);
  expect(await order(bot, 'warn', { member: 'member', reason: 'a', file })).toContain('**Case 1**');
  await expect.poll(async () => (await evidenceOf(bot))[0]?.kept, SOON).toBeDefined();
  const [piece] = await evidenceOf(bot);
  const { guildId, channels } = bot.discord;
  expect(piece?.kept?.channel).toBe(channels['mod-log']);
  expect(await fileIn(bot, piece?.kept?.message)).toBe(PROOF);
  const link = `https://discord.com/channels/${guildId}/${channels['mod-log']}/${piece?.kept?.message}`;
  await expect.poll(() => entries().filter((entry) => entry.includes(link)), SOON).toHaveLength(1);
  expect(entries()).toHaveLength(2);
  expect(entries().join()).toContain('Evidence of case 1 (1 of 1)');
  expect(await order(bot, 'case view', { number: 1 })).toContain(link);
});

test('without a log channel the link is kept, and that it will not last is said', async () => {
  await using bot = await startBot();
  const said = await order(bot, 'warn', { member: 'member', reason: 'a', file: upload('proof.txt', PROOF) });
  expect(said).toContain('**Case 1**');
  expect(said).toContain('no log channel is set');
  const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, SOON).toBe(0);
  expect(await evidenceOf(bot)).toEqual([expect.objectContaining({ kind: 'file', name: 'proof.txt' })]);
  expect(await order(bot, 'warn', { member: 'member', reason: 'a' })).not.toContain('no log channel');
});

test('a file that is too large, gone, or has no room to be put is said so in the case, and is in the way of nothing', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await bot.set('files', { maxMegabytes: 1 });
  const large = upload('large.bin', new Uint8Array(1_100_000));
  expect(await order(bot, 'warn', { member: 'member', reason: 'a', file: large })).toContain('**Case 1**');
  bot.discord.faults.files(/gone/, { kind: 'status', status: 404 });
  await order(bot, 'warn', { member: 'member', reason: 'b', file: upload('gone.txt', PROOF) });
  const lost = async () => (await casesOf(bot)).map(({ evidence }) => evidence[0].lost?.key);
  await expect.poll(lost, SOON).toEqual(['moderation.stored.tooLarge', 'inspect.refused.gone']);
  await expect.poll(() => entries().filter((entry) => entry.includes('not kept')), SOON).toHaveLength(2);
  expect(entries().join()).toContain('it has 1.1 MB, and I can keep files of up to 1.0 MB here');
});

test('a bot that is ended between keeps the file when it is back, once', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const held = Promise.withResolvers<void>();
  {
    await using bot = await startBot(options);
    await withLog(bot);
    const lift = discord.faults.files(/proof/, { kind: 'held', until: held.promise });
    await order(bot, 'warn', { member: 'member', reason: 'a', file: upload('proof.txt', PROOF) });
    expect((await evidenceOf(bot))[0]?.kept).toBeUndefined();
    lift();
  }
  held.resolve();
  // By then the try that was begun is nobody's any more.
  await using bot = await startBot({ ...options, now: () => new Date(Date.now() + 600_000) });
  await expect.poll(async () => (await evidenceOf(bot))[0]?.kept, SOON).toBeDefined();
  const [piece] = await evidenceOf(bot);
  expect(await fileIn(bot, piece?.kept?.message)).toBe(PROOF);
  const all = discord.state.messages.list(discord.channels['mod-log'], { limit: 100 });
  expect(all.filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
});

test('an answer of Discord that is lost puts the file into the log once', async () => {
  await using bot = await startBot();
  await withLog(bot);
  const { discord } = bot;
  const log = discord.channels['mod-log'];
  discord.faults.rest(`/channels/${log}/messages`, { kind: 'lose-answer' }, { method: 'POST', times: 2 });
  await order(bot, 'warn', { member: 'member', reason: 'a', file: upload('proof.txt', PROOF) });
  await expect.poll(async () => (await evidenceOf(bot))[0]?.kept, SOON).toBeDefined();
  const all = discord.state.messages.list(log, { limit: 100 });
  expect(all.filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
});
