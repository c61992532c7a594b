import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { type Alert, findAlert, placeAlert } from '../../db/automod-alerts.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { alertCard } from '../../services/automod/alert-card.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Tells moderators of a message that rules hold of, or brings what they were told up to date. */
export default defineTimer({
  payload: Type.Object({ alert: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload, send }, context, signal) {
    const alert = await findAlert(context.db, payload.alert);
    if (!alert) return { kind: 'done' };
    const { language: locale } = await context.settings.of(alert.guild, 'general');
    const { body } = toPayload(await alertCard(alert, context), { i18n: context.i18n, locale });
    try {
      if (alert.posted !== null) {
        await edit(alert, alert.posted, body, context, signal);
        return { kind: 'done' };
      }
      const { id } = await send(alert.place, { body });
      return { kind: 'done', also: ({ tx }) => placeAlert(tx, alert.id, id) };
    } catch (error) {
      if (channelRefusal(error) === undefined && !(error instanceof UnsureSentError)) throw error;
      const { guild, place: channel } = alert;
      await context.refusals.report({ guild, channel, permission: 'SendMessages', what: 'automod.refused.alert' });
      return { kind: 'done' };
    }
  },
});

/** That somebody has taken it down is as good. */
async function edit(
  { place }: Alert,
  posted: string,
  body: object,
  { discord }: Context,
  signal: AbortSignal,
): Promise<void> {
  try {
    await discord.rest.patch(Routes.channelMessage(place, posted), { body, signal });
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === Code.UnknownMessage)) throw error;
  }
}
