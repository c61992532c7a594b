import { type Client, DiscordAPIError } from 'discord.js';
import { UnsureSentError } from './find-sent.ts';
import type { Outgoing } from './send-once.ts';

type Send = (channel: string, message: Outgoing) => Promise<unknown>;

/**
 * Writes somebody a direct message. Says what it failed with where asking again helps nobody, as when they take none; rejects with
 * what may pass.
 */
export async function writeLetter(
  person: string,
  message: Outgoing,
  send: Send,
  { discord }: { readonly discord: Client },
): Promise<Error | undefined> {
  try {
    const { id } = await discord.users.createDM(person);
    await send(id, message);
    return undefined;
  } catch (error) {
    if (error instanceof UnsureSentError || (error instanceof DiscordAPIError && error.status === 403)) return error;
    throw error;
  }
}
