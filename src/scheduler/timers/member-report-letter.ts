import { Type } from '@sinclair/typebox';
import type { Context } from '../../context.ts';
import { findLetter, findReport, type Letter, noteTrouble, type Report } from '../../db/member-reports.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { t } from '../../services/answers/words.ts';
import { REPLY_BUTTON, reportButtonId } from '../../services/member-reports/buttons.ts';
import { reportTimer } from '../../services/member-reports/timers.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { type Delivery, defineTimer, type Outcome } from '../timer.ts';

/** Delivers what moderators write to whoever reported something, and what comes back. */
export default defineTimer({
  payload: Type.Object({ letter: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload, send }, context) {
    const letter = await findLetter(context.db, payload.letter);
    const report = letter && (await findReport(context.db, letter.report));
    if (!letter || !report) return { kind: 'done' };
    return letter.moderator === null
      ? await toModerators(report, letter, send, context)
      : await toReporter(report, letter, send, context);
  },
});

/** Who of the moderators writes is not said. */
async function toReporter(report: Report, letter: Letter, send: Delivery['send'], context: Context): Promise<Outcome> {
  const server = context.discord.guilds.cache.get(report.guild)?.name ?? '';
  const answer: Answer = {
    tone: 'info',
    title: t('memberReports.letter.title', { number: report.number, server }),
    parts: [
      { kind: 'text', text: letter.text },
      {
        kind: 'buttons',
        buttons: [{ label: t('memberReports.buttons.reply'), customId: reportButtonId(REPLY_BUTTON, report.id) }],
      },
    ],
    next: t('memberReports.letter.next'),
  };
  const { body } = toPayload(answer, { i18n: context.i18n, locale: report.locale });
  const refused = await writeLetter(report.reporter, { body }, send, context);
  return {
    kind: 'done',
    also: async (within) => {
      if (refused) await noteTrouble(within.tx, letter.id);
      await context.timers.addWithin(within, reportTimer(report, context.now()));
    },
  };
}

/** A message of its own, since nobody is told that another has been changed. */
async function toModerators(
  report: Report,
  letter: Letter,
  send: Delivery['send'],
  context: Context,
): Promise<Outcome> {
  const { language: locale } = await context.settings.of(report.guild, 'general');
  const answer: Answer = {
    tone: 'info',
    title: t('memberReports.reply.title', { number: report.number }),
    parts: [{ kind: 'text', text: letter.text }],
  };
  const { body } = toPayload(answer, { i18n: context.i18n, locale });
  const under = { message_id: report.posted, fail_if_not_exists: false };
  try {
    if (report.place !== null) await send(report.place, { body: { ...body, message_reference: under } });
  } catch (error) {
    if (channelRefusal(error) === undefined) throw error;
  }
  // It stands in the report, too, which is told of elsewhere where its channel is gone.
  return {
    kind: 'done',
    also: (within) => context.timers.addWithin(within, reportTimer(report, context.now())).then(() => {}),
  };
}
