import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { TestBot } from '../../../../bot.ts';
import { join } from '../../../../files/picture-bytes.ts';
import { webp } from '../../../../files/pictures.ts';
import { chunk, png, pngHeader, SIGNATURE } from '../../../../files/png.ts';
import { upload } from '../../files/inspected.ts';
import { SCAM, SCAM_PNG, startGuarded, told } from './guarded.ts';

vi.setConfig({ testTimeout: 120_000 });

const COULD_NOT = 'A picture that I could not compare';
const scam = (name: string, bytes: Uint8Array = SCAM_PNG) => upload(name, bytes, 'image/png');

/** Files whose names begin with `held` arrive when it is released; none waits for another. */
async function startBusy() {
  const bot = await startGuarded({ FILES_AT_ONCE: '1', FILES_WAITING: '0' });
  const held = Promise.withResolvers<void>();
  bot.discord.faults.files(/\/held/, { kind: 'held', until: held.promise });
  const answer = bot.discord.slash('inspect', { file: upload('held.txt', 'x') }, { settle: 'ack', deadlineMs: 60_000 });
  await expect.poll(() => bot.app.inspector.admission.stats().underWay).toBe(1);
  return { bot, release: held.resolve, answer };
}

test('padding a blocked picture beyond what the server has opened does not help', async () => {
  await using bot = await startGuarded();
  await bot.set('files', { maxMegabytes: 1 });
  const { id, text } = await told(bot, scam('padded.png', join(SCAM_PNG, new Uint8Array(1_300_000))));
  expect(text).toContain('The message was deleted');
  expect(bot.discord.state.messages.get(id)).toBeUndefined();
});

test('of a picture that is larger than what is fetched the log is told, of each upload', async () => {
  await using bot = await startGuarded();
  bot.discord.faults.files(/\/huge/, { kind: 'grow', bytes: 50_000_000 });
  for (const name of ['huge.png', 'huge.png']) {
    const { id, text } = await told(bot, scam(name));
    expect(text).toContain(COULD_NOT);
    expect(text).toContain('huge.png: it is larger than what I fetch, 50.0 MB at most');
    expect(bot.discord.state.messages.get(id)).toBeDefined();
  }
});

test('what cannot be fetched, or has brought down threads, is told; what is gone is not', async () => {
  await using bot = await startGuarded();
  bot.discord.faults.files(/\/away/, { kind: 'status', status: 500 });
  bot.discord.faults.files(/\/gone/, { kind: 'status', status: 404 });
  const bytes = join(SCAM_PNG, [1]);
  await countDeaths(bot, bytes);
  const { text } = await told(bot, scam('gone.png'), scam('away.png'), scam('deadly.png', bytes));
  expect(text).toContain('2 pictures that I could not compare');
  expect(text).toContain('away.png: it could not be fetched');
  expect(text).toContain('deadly.png: it has brought down whatever opened it');
  expect(text).not.toContain('gone.png');
});

async function countDeaths({ db }: TestBot, bytes: Uint8Array): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await db`
    insert into inspections (sha256, variant, version, deaths, expires_at)
    select ${sha256}, 'used', max(version), 2, now() + interval '1 day' from inspections`;
}

test('where nothing can be seen of a picture, or it is none, the log is told once', async () => {
  await using bot = await startGuarded();
  const empty = join(SIGNATURE, pngHeader(300, 200), chunk('IEND'));
  const lossless = await webp(SCAM, { lossless: true });
  const cut = upload('cut.webp', lossless.subarray(0, lossless.length / 2), 'image/webp');
  const plain = png({ width: 64, height: 48, data: new Uint8ClampedArray(64 * 48 * 4).fill(200) });
  const other = scam('other.jpg', join('\n\n\n', SCAM_PNG));
  const { text } = await told(bot, scam('empty.png', empty), other, cut, scam('plain.png', plain));
  expect(text).not.toContain('plain.png');
  expect(text).toContain('3 pictures that I could not compare');
  expect(text).toContain('empty.png: it is broken');
  expect(text).toContain('other.jpg: it is called a picture, but is of no kind that I can compare');
  expect(text).toContain('cut.webp: it is broken');
  const again = await told(bot, scam('same.png', empty), scam('another.png', join(empty, [1])));
  expect(again.text).not.toContain('same.png');
  expect(again.text).toContain('another.png');
});

test('with too much to do, a blocked picture is tried again', async () => {
  const { bot, release, answer } = await startBusy();
  await using _bot = bot;
  const telling = told(bot, scam('again.png'));
  await bot.logged(({ msg }) => msg === 'a picture could not be compared');
  expect(bot.app.inspector.admission.stats().passedOver).toBe(1);
  release();
  expect((await telling).text).toContain('The message was deleted');
  await answer;
});

test('where it stays too much, the log is told once a minute', async () => {
  const { bot, release, answer } = await startBusy();
  await using _bot = bot;
  const { id, text } = await told(bot, scam('one.png'), scam('two.png'));
  expect(text).toContain(COULD_NOT);
  expect(text).toContain('one.png: I was busy with other files; others of the same minute may have gone by, too');
  expect(text).not.toContain('two.png');
  expect(bot.discord.state.messages.get(id)).toBeDefined();
  release();
  await answer;
});
