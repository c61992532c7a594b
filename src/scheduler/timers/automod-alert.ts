import { Type } from '@sinclair/typebox';
import { type APIChannel, RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
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
      if (!(await isOfServer(alert, context, signal))) {
        context.log.warn({ guild: alert.guild, channel: alert.place }, 'an alert names a channel of another server');
        return { kind: 'done' };
      }
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

/** Whether it is told where it belongs: what was written in one server is nothing for another. */
async function isOfServer({ guild, place }: Alert, { discord }: Context, signal: AbortSignal): Promise<boolean> {
  if (discord.guilds.cache.get(guild)?.channels.cache.has(place)) return true;
  const channel = (await discord.rest.get(Routes.channel(place), { signal })) as APIChannel; // what Discord answers to this
  return 'guild_id' in channel && channel.guild_id === guild;
}

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
