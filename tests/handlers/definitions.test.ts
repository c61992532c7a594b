import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { startBot } from '../bot.ts';

test('Discord hides a command from whoever has not what its subcommands take, and shows what is in part everybody’s', async () => {
  await using bot = await startBot();
  const shown = new Map(
    [...bot.discord.state.commands.values()].map((one) => [one.name, one.default_member_permissions]),
  );
  expect(shown.get('voice')).toBe(String(P.MoveMembers | P.MuteMembers | P.DeafenMembers));
  expect(shown.get('ban')).toBe(String(P.BanMembers));
  expect(shown.get('role')).toBe(String(P.ManageRoles));
  expect(shown.get('permissions')).toBeNull(); // anybody may ask why they may not
  expect(shown.get('ping')).toBeNull();
  expect(shown.get('jobs')).toBe('0');
});
