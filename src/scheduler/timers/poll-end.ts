import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { t } from '../../services/answers/words.ts';
import { placedPoll } from '../../services/polls/adopt.ts';
import { endedCard, orphanCard } from '../../services/polls/card.ts';
import type { Poll } from '../../services/polls/polls.ts';
import { showPoll } from '../../services/polls/result.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** The bot may write there, but not reply to what it may not read. */
const NO_HISTORY = Code.CannotReplyWithoutPermissionToReadMessageHistory;

/** Ends a poll, shows its result in its message, and says so in the channel; there alone where the message is gone. */
export default defineTimer({
  payload: Type.Object({ poll: Type.String({ pattern: '^\\d{1,20}$' }) }),
  missed: 'late',
  tellsOwner: true,
  deadlineMs: 60_000,
  async deliver(delivery, context, signal) {
    const ended = await context.polls.end(delivery.payload.poll);
    if (!ended) return { kind: 'done' }; // somebody has deleted it
    if (ended.posting) throw new Error('the poll is yet to be posted');
    try {
      const poll = await placedPoll(ended, context, signal);
      if (!poll) return { kind: 'failed', why: t('poll.refused.notPosted') };
      await tell(poll, delivery, context, signal);
      return { kind: 'done' };
    } catch (error) {
      const refusal = channelRefusal(error);
      if (refusal === undefined) throw error;
      return { kind: 'failed', why: t(`poll.refused.${refusal}`) };
    }
  },
});

async function tell(
  poll: Poll,
  { send }: Pick<Delivery, 'send'>,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { i18n, settings } = context;
  const shown = await show(poll, context, signal);
  const { language } = await settings.of(poll.guild, 'general');
  const { body } = toPayload(shown === 'gone' ? orphanCard(poll) : endedCard(poll), { i18n, locale: language });
  const reference = { message_id: poll.message, fail_if_not_exists: false };
  try {
    await send(poll.channel, { body: { ...body, ...(shown !== 'gone' && { message_reference: reference }) } });
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === NO_HISTORY)) throw error;
    await send(poll.channel, { body });
  }
  if (shown === 'archived') await showPoll(poll, context, signal); // by what was said the thread is open again
}

async function show(poll: Poll, context: Context, signal: AbortSignal): Promise<'shown' | 'archived' | 'gone'> {
  try {
    await showPoll(poll, context, signal);
    return 'shown';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === Code.InvalidActionOnArchivedThread) return 'archived';
    if (error.code === Code.UnknownMessage) return 'gone';
    throw error;
  }
}
