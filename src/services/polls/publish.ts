import { DiscordAPIError, type REST } from 'discord.js';
import type { I18n } from '../../lib/i18n.ts';
import type { Logger } from '../../lib/log.ts';
import { toPayload } from '../answers/payload.ts';
import type { Settings } from '../settings/settings.ts';
import { hash, sendOnce } from '../timers/send-once.ts';
import type { Timers } from '../timers/timers.ts';
import { pollCard } from './card.ts';
import type { Poll, Polls, PollValues } from './polls.ts';

interface Publishing {
  readonly discord: { readonly rest: Pick<REST, 'get' | 'post'>; readonly user: { readonly id: string } | null };
  readonly i18n: I18n;
  readonly log: Logger;
  readonly polls: Polls;
  readonly settings: Pick<Settings, 'of'>;
  readonly timers: Timers;
}

/**
 * Keeps a poll, sees to its end, and posts it. Undefined when it is not known whether it was posted: it is kept then, and
 * the first vote says where it stands. Where it cannot be posted nothing of it is left. UserError when there are too many;
 * rejects as Discord does.
 */
export async function publishPoll(values: PollValues, zone: string, publishing: Publishing): Promise<Poll | undefined> {
  const { discord, i18n, log, polls, settings, timers } = publishing;
  const { guild, channel, author, endsAt } = values;
  const { language } = await settings.of(guild, 'general');
  const poll = await polls.create(values, zone, timers);
  try {
    const { body } = toPayload(pollCard(poll), { i18n, locale: language });
    // With its author and end: ids start again in another database, and Discord's memory does not.
    const nonce = hash(`poll ${poll.id} ${author} ${endsAt.getTime()}`, 16);
    const { id: message } = await sendOnce(discord.rest, channel, { body }, { nonce, self: discord.user?.id ?? '' });
    await polls.place(poll.id, message);
    return { ...poll, message };
  } catch (error) {
    if (!refused(error)) {
      log.warn({ error, poll: poll.id }, 'it is not known whether a poll was posted');
      return undefined;
    }
    await polls.remove(poll.id);
    await timers.remove({ id: poll.timer, kind: 'poll-end' });
    throw error;
  }
}

/** Whether the message surely is not there. */
function refused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status < 500;
}
