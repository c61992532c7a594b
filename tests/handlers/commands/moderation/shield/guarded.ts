import { startBot, type TestBot } from '../../../../bot.ts';
import { png } from '../../../../files/png.ts';
import { scamScene } from '../../../../files/scenes.ts';
import { upload } from '../../files/inspected.ts';

export const SCAM = scamScene(1);
export const SCAM_PNG = png(SCAM);

/** A bot whose moderators have blocked a picture from its menu, with a log channel. */
export async function startGuarded(env: Readonly<Record<string, string>> = {}): Promise<TestBot> {
  const bot = await startBot({ env });
  await prepare(bot);
  const message = await bot.discord.message({ as: 'member', files: [upload('scam.png', SCAM_PNG, 'image/png')] });
  const blocked = await bot.discord.messageMenu('Block this picture', message.id, { as: 'moderator', settle: 'ack' });
  await blocked.until(({ content }) => content.includes('scam.png is blocked.'), { deadlineMs: 30_000 });
  return bot;
}

export async function prepare(bot: TestBot): Promise<void> {
  const { channels } = bot.discord;
  await bot.set('logs', { logChannel: channels['mod-log'] });
  await bot.set('files', { openingMilliseconds: 5_000 });
}

/** Posts files in one message and waits for what the log channel is told of it next. */
export async function told(
  bot: TestBot,
  ...files: readonly ReturnType<typeof upload>[]
): Promise<{ id: string; text: string }> {
  const since = bot.discord.mark();
  const { id } = await bot.discord.message({ as: 'newcomer', files: [...files] });
  const path = `/channels/${bot.discord.channels['mod-log']}/messages`;
  const entry = await bot.discord.waitFor(
    (one) => one.kind === 'request' && one.method === 'POST' && one.path === path,
    { since, deadlineMs: 30_000 },
  );
  return { id, text: JSON.stringify(entry.kind === 'request' ? entry.answer : '') };
}
