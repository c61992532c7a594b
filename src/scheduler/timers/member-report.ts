import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { findReport, placeReport, type Report } from '../../db/member-reports.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { reportCard } from '../../services/member-reports/card.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { type Delivery, defineTimer, type Outcome } from '../timer.ts';

/** Tells those who moderate of what a member reports, or brings what they were told up to date. */
export default defineTimer({
  payload: Type.Object({ report: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload, send }, context, signal) {
    const report = await findReport(context.db, payload.report);
    if (!report) return { kind: 'done' };
    const { language: locale } = await context.settings.of(report.guild, 'general');
    const { body } = toPayload(await reportCard(report, context), { i18n: context.i18n, locale });
    if (report.place !== null && report.posted !== null && (await edited(report, body, context, signal)))
      return { kind: 'done' };
    return await post(report, body, send, context);
  },
});

/** Into the channel for it, or else the log; a report that can be told nowhere waits, and the next try comes later. */
async function post(report: Report, body: object, send: Delivery['send'], context: Context): Promise<Outcome> {
  const { guild, id } = report;
  const [{ channel }, { logChannel, ownersChannel }] = await Promise.all([
    context.settings.of(guild, 'memberReports'),
    context.settings.of(guild, 'logs'),
  ]);
  let refused: unknown = new Error('a report has no channel to be told in');
  for (const place of new Set([channel, logChannel, ownersChannel])) {
    if (place === undefined) continue;
    try {
      const posted = await send(place, { body });
      return { kind: 'done', also: ({ tx }) => placeReport(tx, id, place, posted.id) };
    } catch (error) {
      if (channelRefusal(error) === undefined) throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Whether the message is still there. */
async function edited(report: Report, body: object, { discord }: Context, signal: AbortSignal): Promise<boolean> {
  const route = Routes.channelMessage(report.place ?? '0', report.posted ?? '0');
  try {
    await discord.rest.patch(route, { body, signal });
    return true;
  } catch (error) {
    const gone = error instanceof DiscordAPIError && error.code === Code.UnknownMessage;
    if (gone || channelRefusal(error) !== undefined) return false;
    throw error;
  }
}
