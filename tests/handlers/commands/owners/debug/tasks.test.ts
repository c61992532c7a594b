import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../../src/handlers/commands.ts';
import { fixtureCommands, startFixtureBot } from '../../../fixtures.ts';

test('lists what is under way, with name, age and deadline, for owners only', async () => {
  const { commands, letGo } = fixtureCommands();
  await using bot = await startFixtureBot({ 'test/held': commands['test/held'] ?? never(), ...ownCommands() });
  const held = bot.discord.slash('held', {}, { as: 'member' });
  await expect.poll(() => bot.app.inFlight.size).toBe(1);
  const reply = await bot.discord.slash('debug tasks', {}, { as: 'owner' });
  expect(reply.content).toMatch(/\/held: for [\d.]+ s of at most 40 s/);
  expect(reply.ephemeral).toBe(true);
  const refused = await bot.discord.slash('debug tasks', {}, { as: 'moderator', unchecked: true });
  expect(refused.content).toContain('Only the people who run this bot');
  letGo();
  await held;
});

function ownCommands() {
  return { 'owners/debug/tasks': COMMANDS['owners/debug/tasks'] ?? never() };
}

function never(): never {
  throw new Error('the command is not in the list');
}
