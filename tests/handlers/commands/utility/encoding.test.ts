import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

const PEOPLE = ['owner', 'moderator', 'member', 'newcomer'];
let turn = 0;

/** Each time somebody else asks, as nobody may that often. */
function ask({ discord }: TestBot, name: 'encode' | 'decode', options: Readonly<Record<string, string>>) {
  turn += 1;
  return discord.slash(name, options, { as: PEOPLE[turn % PEOPLE.length] ?? '' });
}

test('texts are written and read in a block that nobody else sees, also in direct messages', async () => {
  await using bot = await startBot();
  const encoded = await ask(bot, 'encode', { as: 'base64', text: 'hi @everyone' });
  expect(encoded.content).toContain('```\naGkgQGV2ZXJ5b25l\n```');
  expect((await ask(bot, 'decode', { from: 'base64', text: 'aGkgQGV2ZXJ5b25l' })).content).toContain(
    '\nhi @everyone\n',
  );
  const alone = await bot.discord.slash('decode', { from: 'rot13', text: 'uv' }, { channel: 'dm' });
  expect(alone.content).toContain('```\nhi\n```');
});

test('what is too long for a message, or would end the block, is a file', async () => {
  await using bot = await startBot();
  const long = await ask(bot, 'encode', { as: 'binary', text: 'x'.repeat(4_000) });
  expect(JSON.stringify(long.message?.attachments)).toContain('"encoded.txt"');
  expect(long.message?.attachments?.[0]?.size).toBe(4_000 * 9 - 1);
  const fence = await ask(bot, 'decode', { from: 'hex', text: '60606068' });
  expect(fence.content).not.toContain('ˋ');
  expect(fence.message?.attachments?.[0]?.size).toBe(4);
});

test('bytes that are no text are shown in hexadecimal, which is said', async () => {
  await using bot = await startBot();
  const bytes = await ask(bot, 'decode', { from: 'base64', text: '/wD+' });
  expect(bytes.content).toContain('ff 00 fe');
  expect(bytes.content).toContain('These are 3 bytes that are no text');
  // A mark that turns the text around is not put into a message.
  expect((await ask(bot, 'decode', { from: 'url', text: 'a%E2%80%AEb' })).content).toContain('61 e2 80 ae 62');
  const many = await ask(bot, 'decode', { from: 'hex', text: 'ff'.repeat(600) });
  expect(many.content).toContain('the first 512 of them');
  expect(many.content.match(/ff/g)).toHaveLength(512);
});

test('what cannot be read is said, and where', async () => {
  await using bot = await startBot();
  const said = async (...[name, options]: Parameters<typeof ask> extends [unknown, ...infer R] ? R : never) =>
    saidIn(await ask(bot, name, options));
  expect(await said('decode', { from: 'base64', text: 'aGk*' })).toContain('`*` (character 4) does not belong there');
  expect(await said('decode', { from: 'hex', text: '686' })).toContain('its end is missing');
  expect(await said('decode', { from: 'base64', text: ' ' })).toContain('Nothing comes out of that');
  expect(await said('encode', { as: 'morse', text: 'ñ' })).toContain('Morse code has no sign for `ñ`');
});
