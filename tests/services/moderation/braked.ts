import { expect } from 'vitest';
import { customIdsIn } from '../../../src/services/timers/send-once.ts';
import type { TestBot } from '../../bot.ts';

export const PATIENCE = { timeout: 60_000, interval: 50 };

export const LEFT = { kind: 'status', status: 404, body: { message: 'Unknown Member', code: 10_007 } } as const;

/** Whose rank is frozen, as the server's settings have it. */
export async function frozenIn({ app, discord }: TestBot): Promise<readonly string[]> {
  return (await app.settings.of(discord.guildId, 'permissions')).frozen;
}

export async function untilFrozen(bot: TestBot, person = 'moderator'): Promise<void> {
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([bot.discord.people[person]]);
}

/** The owner's direct message, once it is there. */
export async function alertTo({ discord }: TestBot) {
  const find = () => {
    const dm = [...discord.state.channels.values()].find(({ recipients }) =>
      recipients?.some(({ id }) => id === discord.people.owner),
    );
    return dm && discord.state.messages.list(dm.id, { limit: 10 }).find((one) => customIdsIn(one).length > 0);
  };
  await expect.poll(() => find() !== undefined, PATIENCE).toBe(true);
  const message = find();
  if (!message) throw new Error('there is no alert');
  const [undo = '', lift = ''] = customIdsIn(message);
  return { message, undo, lift };
}

/** The message with buttons in a channel, once it is there. */
export async function messageIn({ discord }: TestBot, channel: string) {
  const find = () =>
    discord.state.messages
      .list(discord.channels[channel] ?? '', { limit: 50 })
      .find((one) => customIdsIn(one).length > 0);
  await expect.poll(() => find() !== undefined, PATIENCE).toBe(true);
  const message = find();
  if (!message) throw new Error('there is no message');
  return message;
}
