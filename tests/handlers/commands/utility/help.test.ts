import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/handlers/commands.ts';
import { startBot } from '../../../bot.ts';

/** What Discord shows of suggestions. */
const MOST_OFFERED = 25;

test('shows a member what a member may use, and the owner more', async () => {
  await using bot = await startBot();
  const member = await bot.discord.slash('help', {}, { as: 'member' });
  expect(member.ephemeral).toBe(true);
  expect(member.content).toContain('/ping');
  expect(member.content).not.toContain('/config');
  expect(member.content).not.toContain('/debug');
  const owner = await bot.discord.slash('help', {}, { as: 'owner' });
  expect(owner.content).toContain('/config general');
  expect(owner.content).toContain('/debug tasks');
});

test('a topic can be picked', async () => {
  await using bot = await startBot();
  const { message } = await bot.discord.slash('help', {}, { as: 'owner' });
  if (!message) throw new Error('no message');
  const picked = await bot.discord.select(message, 'help:1', ['settings'], { as: 'owner' });
  expect(picked.content).toContain('/config logs');
  expect(picked.content).not.toContain('/ping');
});

test('explains one command with its options, and suggests names as they are typed', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('help', { command: 'inspect' }, { as: 'member' });
  expect(reply.content).toContain('`file` (optional) The file to look into');
  const offered = await bot.discord.autocomplete('help', { command: '/conf' }, 'command', { as: 'owner' });
  const names = Object.keys(COMMANDS).filter((path) => path.startsWith('settings/config/'));
  expect(names.length).toBeLessThanOrEqual(MOST_OFFERED);
  expect(offered.map(({ value }) => value)).toEqual(names.map((path) => `config ${path.split('/').at(-1)}`));
});

test('a command that is not there, or not theirs, is answered with a sentence', async () => {
  await using bot = await startBot();
  for (const command of ['nonsense', 'config general', '`x`']) {
    const reply = await bot.discord.slash('help', { command }, { as: 'member' });
    expect(reply.content).toContain('that you may use here');
  }
});
