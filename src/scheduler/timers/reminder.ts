import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import type { Context } from '../../context.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { type Said, t } from '../../services/answers/words.ts';
import { type Silence, whyNotWrite } from '../../services/gateway/writing-right.ts';
import { ReminderPayload, reminderMessage } from '../../services/reminders/message.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { type Delivery, defineTimer } from '../timer.ts';

type Place = ReminderPayload['where'];
/** Why a reminder cannot be delivered at a place: the end of a key below `reminders.refused`. */
type Refusal = Silence | 'dmsClosed' | 'personGone' | 'noChannel' | 'channelGone' | 'channelClosed' | 'unsure';

/** What is nothing for the moderators: people close their direct messages, and whom they silence they know. */
const QUIET: readonly Refusal[] = ['dmsClosed', 'inTimeout', 'shutOut'];

/** What Discord says when a place will never take the reminder, whoever asks again. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  [Code.CannotSendMessagesToThisUser]: 'dmsClosed',
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 'dmsClosed',
  [Code.UnknownUser]: 'personGone',
  [Code.InvalidRecipients]: 'personGone',
  [Code.UnknownMember]: 'personLeft',
  [Code.UnknownGuild]: 'channelGone',
  [Code.UnknownChannel]: 'channelGone',
  [Code.MissingAccess]: 'channelClosed',
  [Code.MissingPermissions]: 'channelClosed',
  [Code.CannotSendMessagesInNonTextChannel]: 'channelClosed',
  [Code.ThreadLocked]: 'channelClosed',
};

/** Reminds a person of something: by direct message or in the channel, and at the other place where that fails. */
export default defineTimer({
  payload: ReminderPayload,
  missed: 'collapse',
  tellsOwner: true,
  deadlineMs: 30_000,
  async deliver(delivery, context, signal) {
    const [wanted, other]: readonly [Place, Place] =
      delivery.payload.where === 'dm' ? ['dm', 'channel'] : ['channel', 'dm'];
    const first = await unlessRefused(() => deliverAt(wanted, delivery, context, signal));
    if (first === undefined) return { kind: 'done' };
    const why = t(`reminders.refused.${first}`);
    const second = await unlessRefused(() => deliverAt(other, delivery, context, signal, why));
    if (second !== undefined) {
      return { kind: 'failed', why: t('reminders.failed', { first: why, second: t(`reminders.refused.${second}`) }) };
    }
    return QUIET.includes(first) ? { kind: 'done' } : { kind: 'done', instead: t('reminders.instead', { why }) };
  },
});

class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

async function unlessRefused(deliver: () => Promise<void>): Promise<Refusal | undefined> {
  try {
    await deliver();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (error instanceof UnsureSentError) return 'unsure';
    const refusal = error instanceof DiscordAPIError ? REFUSALS[Number(error.code)] : undefined;
    if (refusal === undefined) throw error;
    return refusal;
  }
}

async function deliverAt(
  place: Place,
  { id, owner, guild, channel, payload, recurring, late, missed, dueAt, send }: Delivery<ReminderPayload>,
  context: Context,
  signal: AbortSignal,
  instead?: Said,
): Promise<void> {
  if (place === 'channel' && channel === undefined) throw new Refused('noChannel');
  const to = place === 'dm' || channel === undefined ? (await context.discord.users.createDM(owner)).id : channel;
  if (place === 'channel' && channel !== undefined && guild !== undefined) {
    // A channel is not written to in the name of somebody who may not do so any more.
    const silence = await whyNotWrite({ person: owner, guild, channel }, context, signal);
    if (silence !== undefined) throw new Refused(silence);
  }
  const wasDue = late ? dueAt : undefined;
  const answer = reminderMessage({ timer: id, owner, payload, place, recurring, wasDue, missed, instead });
  const { body, files } = toPayload(answer, {
    i18n: context.i18n,
    locale: await localeOf(place, guild, payload, context),
  });
  await send(to, { body: { ...body, allowed_mentions: { parse: [], users: [owner] } }, files });
}

async function localeOf(
  place: Place,
  guild: string | undefined,
  { locale = 'en' }: ReminderPayload,
  { settings }: Context,
): Promise<string> {
  if (place === 'dm' || guild === undefined) return locale;
  return (await settings.of(guild, 'general')).language;
}
