import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { findRaid, placeRaid, type Raid } from '../../db/raids.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { raidCard } from '../../services/raids/card.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { type Delivery, defineTimer, type Outcome } from '../timer.ts';

/** Tells moderators of a raid, or brings what they were told up to date. */
export default defineTimer({
  payload: Type.Object({ raid: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  deliver(delivery, context, signal) {
    // What is told by two at a time would be as the slower of them has found it.
    return context.raids.turns.run(delivery.payload.raid, () => tell(delivery, context, signal));
  },
});

async function tell(
  { payload, send }: Delivery<{ readonly raid: string }>,
  context: Context,
  signal: AbortSignal,
): Promise<Outcome> {
  const raid = await findRaid(context.db, payload.raid);
  if (!raid) return { kind: 'done' };
  const { language: locale } = await context.settings.of(raid.guild, 'general');
  const { body } = toPayload(await raidCard(raid, context), { i18n: context.i18n, locale });
  if (raid.place !== null && raid.posted !== null && (await edited(raid, body, context, signal)))
    return { kind: 'done' };
  return await post(raid, body, send, context);
}

/** Into the channel for it; where that takes nothing, into the log, so that a raid is not missed for a channel that is gone. */
async function post(raid: Raid, body: object, send: Delivery['send'], context: Context): Promise<Outcome> {
  const { guild, id } = raid;
  const { settings, refusals, log } = context;
  const [{ channel }, { logChannel }] = await Promise.all([settings.of(guild, 'raids'), settings.of(guild, 'logs')]);
  for (const place of new Set([channel, logChannel])) {
    if (place === undefined) continue;
    try {
      // Another process may do so at the same moment: Discord then takes one message.
      const posted = await send(place, { body }, id);
      await placeRaid(context.db, id, place, posted.id);
      return { kind: 'done' };
    } catch (error) {
      if (channelRefusal(error) === undefined) throw error;
      await refusals.report({ guild, channel: place, permission: 'SendMessages', what: 'automod.refused.alert' });
    }
  }
  log.warn({ guild, raid: id }, 'there is no channel in which a raid could be told of');
  return { kind: 'done' };
}

/** Whether the message is still there. */
async function edited(raid: Raid, body: object, { discord }: Context, signal: AbortSignal): Promise<boolean> {
  try {
    await discord.rest.patch(Routes.channelMessage(raid.place ?? '0', raid.posted ?? '0'), { body, signal });
    return true;
  } catch (error) {
    const gone = error instanceof DiscordAPIError && error.code === Code.UnknownMessage;
    if (gone || channelRefusal(error) !== undefined) return false;
    throw error;
  }
}
