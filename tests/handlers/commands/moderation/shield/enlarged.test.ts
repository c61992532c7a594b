import { deflateSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { join } from '../../../../files/picture-bytes.ts';
import { jpeg } from '../../../../files/pictures.ts';
import { chunk, pngHeader, SIGNATURE } from '../../../../files/png.ts';
import { quickPng } from '../../../../files/quick-png.ts';
import { enlarged } from '../../../../files/transformed.ts';
import { upload } from '../../files/inspected.ts';
import { SCAM, SCAM_PNG, startGuarded, told } from './guarded.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Larger than what is looked at closely, and in an order in which it cannot be looked at by the row. */
function interlaced(name: string) {
  const header = pngHeader(4_800, 3_600, { interlaced: true });
  const pixels = chunk('IDAT', deflateSync(join(name)));
  return upload(name, join(SIGNATURE, header, pixels, chunk('IEND')), 'image/png');
}

test('a blocked picture made ten times as wide and as high is deleted, as PNG and as JPEG', async () => {
  await using bot = await startGuarded();
  const large = enlarged(SCAM, 10);
  const copies = [
    upload('large.png', quickPng(large), 'image/png'),
    upload('large.jpg', await jpeg(large, { quality: 75 }), 'image/jpeg'),
  ];
  for (const copy of copies) {
    const { id, text } = await told(bot, copy);
    expect.soft(text, copy.name).toContain('The message was deleted');
    expect.soft(bot.discord.state.messages.get(id), copy.name).toBeUndefined();
  }
});

test('of what is too large to be compared the log is told once, and the message stays', async () => {
  await using bot = await startGuarded();
  const { id, text } = await told(bot, interlaced('one.png'));
  expect(text).toContain('A picture that I could not compare');
  expect(text).toContain('one.png: it has 17.3 million pixels or more, and I look at 16 million at most');
  expect(text).toContain('delete the message');
  expect(bot.discord.state.messages.get(id)).toBeDefined();

  const again = await told(bot, interlaced('one.png'), interlaced('two.png'));
  expect(again.text).toContain('A picture that I could not compare');
  expect(again.text).toContain('two.png');
  expect(again.text).not.toContain('one.png');

  const both = await told(bot, interlaced('three.png'), interlaced('four.png'));
  expect(both.text).toContain('2 pictures that I could not compare');
});

test('nothing is said of it where one beside it is deleted, or nothing is blocked here', async () => {
  await using bot = await startGuarded();
  const beside = await told(bot, interlaced('one.png'), upload('scam.png', SCAM_PNG, 'image/png'));
  expect(beside.text).toContain('The message was deleted');
  expect(beside.text).not.toContain('could not compare');
  expect(await bot.app.shield.blocksIn(bot.discord.guildId)).toBe(true);
  expect(await bot.app.shield.blocksIn('100000000000000001')).toBe(false);
});
