import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { t } from '../../services/answers/words.ts';
import { endedCard } from '../../services/polls/card.ts';
import type { Poll } from '../../services/polls/polls.ts';
import { showPoll } from '../../services/polls/result.ts';
import { type Delivery, defineTimer } from '../timer.ts';

type Refusal = 'messageGone' | 'channelGone' | 'channelClosed';

/** What Discord says when the result cannot be shown, whoever asks again. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  [Code.UnknownMessage]: 'messageGone',
  [Code.UnknownChannel]: 'channelGone',
  [Code.UnknownGuild]: 'channelGone',
  [Code.MissingAccess]: 'channelClosed',
  [Code.MissingPermissions]: 'channelClosed',
  [Code.ThreadLocked]: 'channelClosed',
};

/** The bot may write there, but not reply to what it may not read. */
const NO_HISTORY = Code.CannotReplyWithoutPermissionToReadMessageHistory;

/** Ends a poll, shows its result in its message, and says so in the channel. */
export default defineTimer({
  payload: Type.Object({ poll: Type.String({ pattern: '^\\d{1,20}$' }) }),
  missed: 'late',
  deadlineMs: 60_000,
  async deliver(delivery, context, signal) {
    const poll = await context.polls.end(delivery.payload.poll);
    if (!poll) return { kind: 'done' }; // somebody has deleted it
    if (poll.posting) throw new Error('the poll is yet to be posted');
    if (poll.message === null) return { kind: 'failed', why: t('poll.refused.notPosted') };
    try {
      await tell(poll, delivery, context, signal);
      return { kind: 'done' };
    } catch (error) {
      const refusal = error instanceof DiscordAPIError ? REFUSALS[Number(error.code)] : undefined;
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
  const shown = await unlessArchived(() => showPoll(poll, context, signal));
  const { language } = await settings.of(poll.guild, 'general');
  const { body } = toPayload(endedCard(poll), { i18n, locale: language });
  const reference = { message_id: poll.message, fail_if_not_exists: false };
  try {
    await send(poll.channel, { body: { ...body, message_reference: reference } });
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === NO_HISTORY)) throw error;
    await send(poll.channel, { body });
  }
  if (!shown) await showPoll(poll, context, signal); // by what was said the thread is open again
}

async function unlessArchived(show: () => Promise<void>): Promise<boolean> {
  try {
    await show();
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === Code.InvalidActionOnArchivedThread) return false;
    throw error;
  }
}
