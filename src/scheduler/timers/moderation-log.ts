import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { hasOpen } from '../../db/timers.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { caseCard } from '../../services/moderation/entry.ts';
import type { Case } from '../../services/moderation/moderation.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { NotYetError } from '../../services/timers/not-yet.ts';
import { defineTimer } from '../timer.ts';

/** Two at once would each make a message of their own. */
class NotItsTurnError extends NotYetError {}

/** Tells a server's log of a case as it stands: in the message it has there, or in a new one. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ id, guild = '', payload, send }, context, signal) {
    const { db, moderation, settings, i18n } = context;
    if (await hasOpen(db, { before: id, kind: 'moderation-log', guild, payload })) {
      throw new NotItsTurnError(`the log is being told of case ${payload.case}`);
    }
    const one = await moderation.get({ guild, number: payload.case });
    const { logChannel: channel } = await settings.of(guild, 'logs');
    if (one?.hidden) {
      // Where it still stands is not forgotten: it can be taken down when the case is changed again.
      if (!(await takenDown(one, context, signal))) return { kind: 'done' };
      return { kind: 'done', also: (within) => moderation.logged(within, one, undefined) };
    }
    if (!one || !channel) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    const { body } = toPayload(await caseCard(one, context), { i18n, locale });
    try {
      if (await edited(one, { body, channel }, context, signal)) return { kind: 'done' };
      const { id: message } = await send(channel, { body });
      return { kind: 'done', also: (within) => moderation.logged(within, one, { channel, message }) };
    } catch (error) {
      if (channelRefusal(error) === undefined && !(error instanceof UnsureSentError)) throw error;
      context.log.info({ guild, case: one.number, error }, 'the log could not be told of a case');
      return { kind: 'done' };
    }
  },
});

/** A hidden case does not stand in the log. Whether that is so. */
async function takenDown(
  { logChannel, logMessage }: Case,
  { discord, log }: Context,
  signal: AbortSignal,
): Promise<boolean> {
  if (logChannel === null || logMessage === null) return true;
  try {
    await discord.rest.delete(Routes.channelMessage(logChannel, logMessage), { signal });
    return true;
  } catch (error) {
    if (isGone(error)) return true;
    if (channelRefusal(error) === undefined) throw error;
    log.info({ channel: logChannel, message: logMessage, error }, 'the log could not be rid of a hidden case');
    return false;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && [Code.UnknownMessage, Code.UnknownChannel].includes(Number(error.code));
}

/** Whether the message of the case was there to be edited. What stands where the bot may not write any more does not count in another log. */
async function edited(
  { logChannel, logMessage }: Case,
  { body, channel }: { readonly body: object; readonly channel: string },
  { discord }: Context,
  signal: AbortSignal,
): Promise<boolean> {
  if (logChannel === null || logMessage === null) return false;
  try {
    await discord.rest.patch(Routes.channelMessage(logChannel, logMessage), { body, signal });
    return true;
  } catch (error) {
    if (isGone(error) || (channelRefusal(error) !== undefined && logChannel !== channel)) return false;
    throw error;
  }
}
