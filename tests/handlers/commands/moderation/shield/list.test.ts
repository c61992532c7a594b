import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../../../bot.ts';
import { png } from '../../../../files/png.ts';
import { scamScene, scene } from '../../../../files/scenes.ts';

const moderator = { as: 'moderator' } as const;
const picture = (name: string, pixels: Parameters<typeof png>[0]) => ({
  name,
  bytes: png(pixels),
  contentType: 'image/png',
});

/** A bot with a log channel, and a picture that a moderator has blocked from its menu. */
async function startGuarded(settings: Readonly<Record<string, unknown>> = {}) {
  const bot = await startBot();
  const { channels, guildId, people } = bot.discord;
  const by = { by: people.owner };
  await bot.app.settings.set(guildId, 'logs', { logChannel: channels['mod-log'] }, by);
  await bot.app.settings.set(guildId, 'files', { openingMilliseconds: 5_000, ...settings }, by);
  const message = await bot.discord.message({ as: 'member', files: [picture('scam.png', scamScene(1))] });
  const blocked = await bot.discord.messageMenu('Block this picture', message.id, moderator);
  expect(blocked.content).toContain('scam.png is blocked.');
  return bot;
}

/** What the log is told next: its message. */
async function logged(bot: TestBot, act: () => Promise<unknown>) {
  const since = bot.discord.mark();
  await act();
  const path = `/channels/${bot.discord.channels['mod-log']}/messages`;
  await bot.discord.waitFor((entry) => entry.kind === 'request' && entry.method === 'POST' && entry.path === path, {
    since,
  });
  const [message] = bot.discord.state.messages.list(bot.discord.channels['mod-log'], { limit: 1 });
  if (!message) throw new Error('the log is empty');
  return { message, text: JSON.stringify(message.components) };
}

const upload = (bot: TestBot, name = 'again.png') =>
  bot.discord.message({ as: 'newcomer', files: [picture(name, scamScene(1, 320, 240))] });

test('a look-alike of a blocked picture is deleted, the log told, and a mistake undone', async () => {
  await using bot = await startGuarded();
  const posted = Promise.withResolvers<string>();
  const { message, text } = await logged(bot, async () => posted.resolve((await upload(bot)).id));
  expect(text).toContain('The message was deleted');
  expect(bot.discord.state.messages.get(await posted.promise)).toBeUndefined();
  const undo = /shield\.undo:1:[^"]+/.exec(text)?.[0] ?? '';
  const undone = await bot.discord.click(message, undo, moderator);
  expect(undone.content).toContain('the picture is off the list');
  const again = await upload(bot);
  await bot.discord.slash('ping');
  expect(bot.discord.state.messages.get(again.id)).toBeDefined();
  expect((await bot.discord.slash('shield list', {}, moderator)).content).toContain('Nothing is blocked yet');
});

test('where the setting says so, it is only flagged', async () => {
  await using bot = await startGuarded({ shield: 'flag' });
  const posted = Promise.withResolvers<string>();
  const { text } = await logged(bot, async () => posted.resolve((await upload(bot)).id));
  expect(text).toContain('Nothing was done');
  expect(bot.discord.state.messages.get(await posted.promise)).toBeDefined();
});

test('what another server has blocked is only flagged', async () => {
  await using bot = await startGuarded();
  const rows = await bot.db<{ hash: string }[]>`select hash from blocked_pictures`;
  await bot.app.shield.unblock(
    bot.discord.guildId,
    (await bot.app.shield.list(bot.discord.guildId, 9)).map(({ id }) => id),
  );
  const hashes = rows.map(({ hash }) => hash);
  await bot.app.shield.block({
    guild: '100000000000000001',
    hashes,
    sha256: 'x',
    name: 'elsewhere.png',
    by: '100000000000000002',
  });
  const { text } = await logged(bot, () => upload(bot));
  expect(text).toContain('other server has blocked a picture like this');
});

test('an innocent picture is left alone', async () => {
  await using bot = await startGuarded();
  const innocent = await bot.discord.message({ as: 'newcomer', files: [picture('holiday.png', scene(7))] });
  await logged(bot, () => upload(bot)); // comes after it
  expect(bot.discord.state.messages.get(innocent.id)).toBeDefined();
});

test('a picture can be taken off the list, and members may not block', async () => {
  await using bot = await startGuarded();
  const { message, content } = await bot.discord.slash('shield list', {}, moderator);
  expect(content).toContain('scam.png, blocked by');
  const [listed] = await bot.app.shield.list(bot.discord.guildId, 1);
  if (!message || !listed) throw new Error('nothing listed');
  expect((await bot.discord.select(message, 'shield.remove:1', [listed.id], moderator)).content).toContain(
    'Nothing is blocked yet',
  );
  const other = await bot.discord.message({ as: 'owner', files: [picture('a.png', scene(3))] });
  const refused = await bot.discord.messageMenu('Block this picture', other.id, { as: 'member', unchecked: true });
  expect(refused.content).toContain('Manage Messages');
});
