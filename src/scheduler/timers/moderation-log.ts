import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { hasOpenBefore } from '../../db/timers.ts';
import { BotError } from '../../lib/errors.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { caseCard } from '../../services/moderation/entry.ts';
import type { Case } from '../../services/moderation/moderation.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Two at once would each make a message of their own. */
class NotItsTurnError extends BotError {}

/** Tells a server's log of a case as it stands: in the message it has there, or in a new one. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ id, guild = '', payload, send }, context, signal) {
    const { db, moderation, settings, i18n } = context;
    if (await hasOpenBefore(db, { id, kind: 'moderation-log', guild, payload })) {
      throw new NotItsTurnError(`the log is being told of case ${payload.case}`);
    }
    const one = await moderation.get({ guild, number: payload.case });
    const { logChannel: channel } = await settings.of(guild, 'logs');
    if (one?.hidden) {
      await takeDown(one, context, signal);
      return { kind: 'done', also: (within) => moderation.logged(within, one, undefined) };
    }
    if (!one || !channel) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    const { body } = toPayload(await caseCard(one, context), { i18n, locale });
    try {
      if (await edited(one, body, context, signal)) return { kind: 'done' };
      const { id: message } = await send(channel, { body });
      return { kind: 'done', also: (within) => moderation.logged(within, one, { channel, message }) };
    } catch (error) {
      if (channelRefusal(error) === undefined && !(error instanceof UnsureSentError)) throw error;
      context.log.info({ guild, case: one.number, error }, 'the log could not be told of a case');
      return { kind: 'done' };
    }
  },
});

/** A hidden case does not stand in the log. */
async function takeDown(
  { logChannel, logMessage }: Case,
  { discord, log }: Context,
  signal: AbortSignal,
): Promise<void> {
  if (logChannel === null || logMessage === null) return;
  try {
    await discord.rest.delete(Routes.channelMessage(logChannel, logMessage), { signal });
  } catch (error) {
    if (channelRefusal(error) === undefined && !isGone(error)) throw error;
    log.info({ channel: logChannel, message: logMessage, error }, 'the log could not be rid of a hidden case');
  }
}

function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && [Code.UnknownMessage, Code.UnknownChannel].includes(Number(error.code));
}

/** Whether the message of the case was there to be edited. */
async function edited(
  { logChannel, logMessage }: Case,
  body: object,
  { discord }: Context,
  signal: AbortSignal,
): Promise<boolean> {
  if (logChannel === null || logMessage === null) return false;
  try {
    await discord.rest.patch(Routes.channelMessage(logChannel, logMessage), { body, signal });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
