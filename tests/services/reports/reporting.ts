import type { APIMessage } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { TestBot } from '../../bot.ts';

/** A Thursday morning; the day that is reported is the 25th. */
export const NOW = new Date('2026-11-26T09:00:00Z');
export const DAY = '2026-11-25';

/** What members wrote, in the test's server: so many messages of each on a day. */
export async function wrote({ db, discord }: TestBot, day: string, messages: readonly number[]): Promise<void> {
  for (const [at, count] of messages.entries()) {
    await db`
      insert into activity (guild_id, member_id, channel_id, day, messages, words, links, mentions)
      values (${discord.guildId}, ${1_000 + at}, 1, ${day}, ${count}, 0, 0, 0)`;
  }
}

export async function counted({ db, discord }: TestBot, counts: Readonly<Record<string, number>>): Promise<void> {
  for (const [what, amount] of Object.entries(counts))
    await db`insert into server_days (guild_id, day, what, amount) values (${discord.guildId}, ${DAY}, ${what}, ${amount})`;
}

/** What the bot has written in a channel, newest first. */
export function posted({ discord }: TestBot, channel = discord.channels.general ?? ''): readonly APIMessage[] {
  const { state } = discord;
  return state.messages.list(channel, { limit: 100 }).filter(({ author }) => author.id === state.bot.id);
}

/** Resolves once every timer of the kind has been settled, with how each was. */
export async function settled({ app, db }: TestBot, kind: string, count = 1): Promise<readonly string[]> {
  app.timers.wake();
  const outcomes = async () => {
    const rows = await db<{ outcome: string }[]>`
      select outcome from timers where kind = ${kind} and done_at is not null order by id`;
    return rows.map(({ outcome }) => outcome);
  };
  await expect.poll(async () => (await outcomes()).length).toBe(count);
  return await outcomes();
}

export async function chooses(bot: TestBot, patch: Readonly<Record<string, unknown>>): Promise<void> {
  await bot.set('reports', patch);
}
