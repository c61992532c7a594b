import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { StartBotOptions, TestBot } from '../../bot.ts';
import { startBot } from '../../bot.ts';

/** On a machine that is busy with other tests. */
export const PATIENCE = { timeout: 60_000 };
/** Short, since nobody else writes. Who did something is waited for as long as a test may have to. */
const TIMES = { actorMs: 300, everyMs: 50, storeMs: 20 };

/** The whole bot, in a server that wants to be told of everything. */
export async function startLogging({ logTimes = TIMES, ...options }: StartBotOptions = {}): Promise<TestBot> {
  const bot = await startBot({ logTimes, ...options });
  await bot.set('events', { channels: { all: bot.discord.channels['mod-log'] } });
  return bot;
}

/** What stands in a channel, a text for each entry, without when it was. */
export function entriesIn({ discord }: Pick<TestBot, 'discord'>, channel = 'mod-log'): readonly string[] {
  const messages = discord.state.messages.list(discord.channels[channel] ?? '', { limit: 1_000 }).toReversed();
  return messages.filter(({ author }) => author.id === discord.state.bot.id).flatMap(textsIn);
}

function textsIn({ components = [] }: APIMessage): readonly string[] {
  return components.flatMap((one) =>
    'components' in one ? one.components.flatMap((inner) => ('content' in inner ? [timeless(inner.content)] : [])) : [],
  );
}

function timeless(text: string): string {
  return text.replaceAll(/ · <t:\d+:T>/g, '').replaceAll(/ · \[jump\]\([^)]*\)/g, '');
}

/** The next entry that holds this. */
export async function entryWith(bot: Pick<TestBot, 'discord'>, part: string, channel?: string): Promise<string> {
  const found = () => entriesIn(bot, channel).find((text) => text.includes(part));
  await expect.poll(found, PATIENCE).toBeDefined();
  return found() ?? '';
}
