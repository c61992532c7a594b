import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';
import { expectWithinLimits, saidIn, upload } from './inspected.ts';

vi.setConfig({ testTimeout: 60_000 });

const texts = (count: number) =>
  Array.from({ length: count }, (_, at) => upload(`${at + 1}.txt`, `text ${at}`, 'text/plain'));

async function ask(bot: TestBot, files: readonly ReturnType<typeof upload>[]) {
  const message = await bot.discord.message({ as: 'owner', files: [...files] });
  return bot.discord.messageMenu('Inspect files', message.id, { as: 'member' });
}

function moreIn(message: unknown): string {
  return /inspect\.more:1:[^"]+/.exec(JSON.stringify(message))?.[0] ?? '';
}

test('of more than four files four are shown, and a button goes on with the others until there are no more', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const reply = await ask(bot, texts(10));
  expect(reply.content.match(/What it is/g)).toHaveLength(4);
  expect(reply.content).toContain('4.txt');
  expect(reply.content).not.toContain('5.txt');
  expectWithinLimits(reply.message?.components, 'four of ten files');
  expect(JSON.stringify(reply.message?.components)).toContain('Inspect the 6 files that are left');
  const second = await discord.click(reply.message ?? '', moreIn(reply.message), { as: 'member' });
  expect(saidIn(second)).toContain('8.txt');
  const shown = JSON.stringify([second.message, second.followUps]);
  expect(shown).toContain('Inspect the 2 files that are left');
  const [rest = ''] = /inspect\.more:1:[^"]+/.exec(shown) ?? [];
  const third = await discord.click(second.message ?? second.followUps[0] ?? '', rest, { as: 'member' });
  expect(saidIn(third)).toContain('10.txt');
  expect(JSON.stringify([third.message, third.followUps])).not.toContain('inspect.more');
});

test('what is said of a file elsewhere is for the asker alone, also its progress', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const message = await discord.message({ as: 'moderator', channel: 'mod-log', files: texts(2) });
  const link = `https://discord.com/channels/${discord.guildId}/${discord.channels['mod-log']}/${message.id}`;
  const away = await discord.slash('inspect', { message: link }, { as: 'moderator', channel: 'general' });
  expect(saidIn(away)).toContain('1.txt');
  expect(away.ephemeral).toBe(true);
  const here = await discord.slash('inspect', { message: link }, { as: 'moderator', channel: 'mod-log' });
  expect(here.ephemeral).toBe(false);
});

test('one file that cannot be had is said so in its place, and the others are shown', async () => {
  await using bot = await startBot();
  bot.discord.faults.files('2.txt', { kind: 'status', status: 404 });
  const reply = await ask(bot, texts(3));
  expect(reply.message?.components).toHaveLength(3);
  expect(reply.content.match(/What it is/g)).toHaveLength(2);
  expect(reply.content).toMatch(/### 2\.txt\n.*no longer there/);
});

test('progress says how many are done, and cancelling stops all', async () => {
  await using bot = await startBot();
  bot.discord.faults.files('3.txt', { kind: 'slow', bytesPerSecond: 1 });
  const files = [...texts(2), upload('3.txt', 'x'.repeat(300), 'text/plain')];
  const reply = await ask(bot, files);
  expect(reply.content).toMatch(/Opening files: \d of 3 done/);
  const button = /inspect\.cancel:1:[0-9a-f]{8}/.exec(JSON.stringify(reply.message?.components))?.[0] ?? '';
  await bot.discord.click(reply.message ?? '', button, { as: 'member', settle: 'ack' });
  const cancelled = await reply.until(({ content }) => content.includes('Cancelled'));
  expect(cancelled.content).toContain('1.txt, 2.txt, 3.txt');
  expect(JSON.stringify(cancelled.message?.components)).not.toContain('inspect.cancel');
  await bot.app.inFlight.idle();
});

test('a file that fails while its progress is shown takes the card of progress away', async () => {
  await using bot = await startBot();
  bot.discord.faults.files('slow.txt', { kind: 'slow', bytesPerSecond: 10 });
  await bot.set('files', { downloadSeconds: 6 });
  const reply = await bot.discord.slash('inspect', { file: upload('slow.txt', 'x'.repeat(300), 'text/plain') });
  expect(reply.content).toContain('0 of 1 done');
  const failed = await reply.until(({ followUps }) => followUps.length > 0);
  expect(failed.message?.id).toBe(failed.followUps[0]?.id);
  expect(failed.content).toContain('did not arrive within 6 s');
});
