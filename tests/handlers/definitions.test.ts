import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { startBot } from '../bot.ts';

test('Discord hides a command from whoever has not what all its subcommands take, and from nobody who may use one of them', async () => {
  await using bot = await startBot();
  const shown = new Map(
    [...bot.discord.state.commands.values()].map((one) => [one.name, one.default_member_permissions]),
  );
  expect(shown.get('voice')).toBeNull(); // Discord would want all of Move, Mute and Deafen Members
  expect(shown.get('ban')).toBe(String(P.BanMembers));
  expect(shown.get('role')).toBe(String(P.ManageRoles));
  expect(shown.get('permissions')).toBeNull(); // anybody may ask why they may not
  expect(shown.get('ping')).toBeNull();
  expect(shown.get('jobs')).toBe('0');
});
