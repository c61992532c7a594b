import type { REST } from 'discord.js';
import type { Poll } from '../../db/polls.ts';
import { findSent } from '../timers/find-sent.ts';
import { customIdsIn } from '../timers/send-once.ts';
import { firstButtonOf } from './buttons.ts';
import type { Polls } from './polls.ts';

/** Whoever posts a poll gives up long before. */
const POSTED_WITHIN_MS = 10 * 60_000;

interface Adopting {
  readonly discord: { readonly rest: Pick<REST, 'get'>; readonly user: { readonly id: string } | null };
  readonly polls: Pick<Polls, 'place'>;
}

/**
 * The poll with its message, looked for in its channel where whoever posted it could not say where it stands. Undefined when
 * it never was posted; UnsureSentError when nobody can tell; rejects as Discord does.
 */
export async function placedPoll(
  poll: Poll,
  { discord, polls }: Adopting,
  signal: AbortSignal,
): Promise<Poll | undefined> {
  if (poll.message !== null) return poll;
  const { id, channel, createdAt: since } = poll;
  const until = new Date(since.getTime() + POSTED_WITHIN_MS);
  const button = firstButtonOf(poll);
  const found = await findSent(
    discord.rest,
    channel,
    { since, until, signal },
    ({ author, components }) => author.id === discord.user?.id && customIdsIn(components).includes(button),
  );
  if (!found) return undefined;
  await polls.place(id, found.id);
  return { ...poll, message: found.id };
}
