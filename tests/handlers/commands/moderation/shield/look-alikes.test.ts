import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { gif } from '../../../../files/gif.ts';
import { jpeg, webp } from '../../../../files/pictures.ts';
import { apng, png } from '../../../../files/png.ts';
import { scene } from '../../../../files/scenes.ts';
import { cropped, recoloured, resized } from '../../../../files/transformed.ts';
import { upload } from '../../files/inspected.ts';
import { prepare, SCAM, SCAM_PNG, startGuarded, told } from './guarded.ts';

vi.setConfig({ testTimeout: 120_000 });

test('whoever posts a blocked picture in another size, format, cut or colour finds it deleted, and the log tells each', async () => {
  await using bot = await startGuarded();
  const copies: readonly (readonly [string, Uint8Array, string])[] = [
    ['half.png', png(resized(SCAM, 0.5)), 'image/png'],
    ['again.jpg', await jpeg(SCAM, { quality: 80 }), 'image/jpeg'],
    ['cut.png', png(cropped(SCAM, { left: 0.05 })), 'image/png'],
    ['again.webp', await webp(SCAM), 'image/webp'],
    ['again.gif', gif([{ pixels: SCAM }]), 'image/gif'],
    ['brighter.png', png(recoloured(SCAM, (...rgb) => rgb.map((level) => level * 1.1))), 'image/png'],
    ['first.gif', gif([{ pixels: SCAM }, { pixels: scene(2, 480, 360) }, { pixels: scene(3, 480, 360) }]), 'image/gif'],
    [
      'middle.gif',
      gif([{ pixels: scene(2, 480, 360) }, { pixels: SCAM }, { pixels: scene(3, 480, 360) }]),
      'image/gif',
    ],
    ['still.png', apng([{ pixels: scene(2, 480, 360) }, { pixels: scene(3, 480, 360) }], { still: SCAM }), 'image/png'],
    ['cut.webp', beginningOf(await webp(SCAM), 0.95), 'image/webp'],
  ];
  for (const [name, bytes, type] of copies) {
    const { id, text } = await told(bot, upload(name, bytes, type));
    expect.soft(text, name).toContain('The message was deleted');
    expect.soft(text, name).toContain('shield.undo');
    expect.soft(bot.discord.state.messages.get(id), name).toBeUndefined();
  }
});

function beginningOf(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.subarray(0, bytes.length * share);
}

test('a message that is gone by itself counts as deleted', async () => {
  await using bot = await startGuarded();
  const gone = { kind: 'status', status: 404, body: { code: 10_008, message: 'Unknown Message' } } as const;
  bot.discord.faults.rest('/channels/{channel_id}/messages/{message_id}', gone, { method: 'DELETE' });
  expect((await told(bot, upload('again.png', SCAM_PNG, 'image/png'))).text).toContain('The message was deleted');
});

test('where I may not delete, the log says so, and the message stays', async () => {
  await using bot = await startGuarded();
  const { channels, roles } = bot.discord;
  const deny = { type: 0, allow: '0', deny: String(PermissionFlagsBits.ManageMessages) };
  await bot.discord.rest('PUT', `/channels/${channels.general}/permissions/${roles.bot}`, { as: 'owner', body: deny });
  const { id, text } = await told(bot, upload('again.png', SCAM_PNG, 'image/png'));
  expect(text).toContain('I may not delete messages there');
  expect(bot.discord.state.messages.get(id)).toBeDefined();
});

test('what one process blocks, another that shares its database meets', async () => {
  await using first = await startGuarded();
  const url = first.app.config.DATABASE_URL ?? '';
  await using second = await startBot({ env: { DATABASE_URL: url } });
  await prepare(second);
  const { shield } = second.app;
  await expect.poll(() => shield.empty()).toBe(false);
  const rows = await first.db<{ id: string; hash: string }[]>`select id::text, hash from blocked_pictures`;
  const hashes = rows.slice(0, 4).map(({ hash }) => hash);
  const own = async () => (await shield.match(first.discord.guildId, hashes)).own.length;
  expect(await own()).toBeGreaterThan(0);
  await first.app.shield.unblock(
    first.discord.guildId,
    rows.map(({ id }) => id),
  );
  await expect.poll(own).toBe(0);
});
