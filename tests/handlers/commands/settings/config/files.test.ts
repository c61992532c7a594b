import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';

const owner = { as: 'owner' } as const;

test('shows every limit with its default, and changes the ones named', async () => {
  await using bot = await startBot();
  const shown = await bot.discord.slash('config files', {}, owner);
  expect(shown.content).toContain('Largest file I fetch, in megabytes** 25');
  expect(shown.content).toContain('Picture shield** Delete and tell the log');
  const changed = await bot.discord.slash(
    'config files',
    { 'max-megabytes': 1, shield: 'flag', 'watch-uploads': true },
    owner,
  );
  expect(changed.content).toContain('Largest file I fetch, in megabytes** 1\n');
  expect(changed.content).toContain('Picture shield** Only tell the log');
  expect(changed.content).toContain('Uploads watched for secrets** on');
});

test('a limit holds from the next file on, and the answer says which', async () => {
  await using bot = await startBot();
  await bot.discord.slash('config files', { 'max-megabytes': 1 }, owner);
  const file = { name: 'big.txt', bytes: new Uint8Array(1_000_001).fill(97), contentType: 'text/plain' };
  expect((await bot.discord.slash('inspect', { file })).content).toContain('too large for me: at most 1 MB');
});

test('a limit out of its bounds is refused', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('config files', { depth: 99 }, { ...owner, unchecked: true });
  expect(reply.content).toContain('depth must be a number from 0 to 8');
});

test('what is beyond what the operator allows is refused in words, and what was set before counts up to that', async () => {
  await using bot = await startBot({ env: { FILES_MAX_MEGAPIXELS: '8', FILES_MAX_UNPACKED_MEGABYTES: '1' } });
  const refused = await bot.discord.slash('config files', { megapixels: 9 }, owner);
  expect(refused.content).toContain('at most 8 for megapixels');
  const larger = await bot.discord.slash('config files', { 'unpacked-megabytes': 2, depth: 1 }, owner);
  expect(larger.content).toContain('at most 1 for unpacked-megabytes');
  const shown = await bot.discord.slash('config files', { megapixels: 8 }, owner);
  expect(shown.content).toContain('Most pixels that are decoded, in millions** 8\n');
  expect(shown.content).toContain('Most that may come out of a file, in megabytes** 1\n');
  expect(shown.content).toContain('How many archives in archives are opened** 3\n');
});
