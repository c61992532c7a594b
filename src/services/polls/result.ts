import { RESTJSONErrorCodes as Code, DiscordAPIError, type REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import type { Poll } from '../../db/polls.ts';
import { BusyError } from '../../lib/errors.ts';
import type { I18n } from '../../lib/i18n.ts';
import type { Logger } from '../../lib/log.ts';
import type { Workers } from '../../workers/offload.ts';
import type { Attached } from '../answers/answer.ts';
import { toPayload } from '../answers/payload.ts';
import { type Reader, renderPlain, t } from '../answers/words.ts';
import type { Settings } from '../settings/settings.ts';
import { outcomeOf, pollCard, shareOf } from './card.ts';

/** What it takes to show a poll. */
export interface Showing {
  readonly discord: { readonly rest: Pick<REST, 'patch'> };
  readonly i18n: I18n;
  readonly log: Logger;
  readonly settings: Pick<Settings, 'of'>;
  readonly workers: Pick<Workers, 'offload'>;
}

/**
 * Writes a poll's message anew; once it has ended with its result as a picture, where the bot may attach files. Rejects as
 * Discord does.
 */
export async function showPoll(poll: Poll, showing: Showing, signal: AbortSignal): Promise<void> {
  const { i18n, settings } = showing;
  const reader = { i18n, locale: (await settings.of(poll.guild, 'general')).language };
  const picture = poll.endedAt === null ? undefined : await draw(poll, reader, showing, signal);
  try {
    await write(poll, picture, reader, showing, signal);
  } catch (error) {
    if (!picture || !(error instanceof DiscordAPIError) || error.code !== Code.MissingPermissions) throw error;
    await write(poll, undefined, reader, showing, signal); // all that is in the picture is said in words, too
  }
}

async function write(
  poll: Poll,
  picture: Attached | undefined,
  reader: Reader,
  { discord }: Pick<Showing, 'discord'>,
  signal: AbortSignal,
): Promise<void> {
  const { body, files } = toPayload(pollCard(poll, picture), reader);
  const attachments = files.map(({ name }, id) => ({ id: String(id), filename: name }));
  await discord.rest.patch(Routes.channelMessage(poll.channel, poll.message ?? '0'), {
    body: { ...body, attachments },
    files: [...files],
    signal,
  });
}

/** Nothing when it cannot be drawn: all it shows is said in words, too. Busy threads are waited for by asking again. */
async function draw(
  poll: Poll,
  reader: Reader,
  { workers, log }: Showing,
  signal: AbortSignal,
): Promise<Attached | undefined> {
  const bars = poll.answers.map((label, at) => ({ label, votes: poll.counts[at] ?? 0, share: shareOf(poll, at) }));
  try {
    const { png } = await workers.offload('drawPoll', { bars }, { signal });
    return { name: 'result.png', bytes: png, description: altOf(poll, reader) };
  } catch (error) {
    if (error instanceof BusyError || signal.aborted) throw error;
    log.warn({ error, poll: poll.id }, 'the result of a poll could not be drawn');
    return undefined;
  }
}

function altOf(poll: Poll, reader: Reader): string {
  const bars = poll.answers.map((answer, at) =>
    renderPlain(t('poll.altBar', { answer, votes: poll.counts[at] ?? 0, share: shareOf(poll, at) }), reader),
  );
  return [renderPlain(outcomeOf(poll), reader), ...bars].join('\n');
}
