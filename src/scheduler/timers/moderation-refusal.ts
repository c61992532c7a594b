import { Type } from '@sinclair/typebox';
import { hasOpen } from '../../db/timers.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { caseCard } from '../../services/moderation/entry.ts';
import { NotYetError } from '../../services/timers/not-yet.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { defineTimer } from '../timer.ts';

/** For so long the log may tell of it first; whoever ordered it must not wait for a log that is out of order. Milliseconds. */
const LOG_FIRST_MS = 60_000;

/** Tells a moderator that what they ordered was not done, where neither the answer nor the server's log has told them. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', owner, payload, dueAt, send }, context) {
    const { db, moderation, settings, i18n, log, now } = context;
    const waited = now().getTime() - dueAt.getTime();
    if (waited < LOG_FIRST_MS && (await hasOpen(db, { kind: 'moderation-log', guild, payload }))) {
      throw new NotYetError(`the log is being told of case ${payload.case}`);
    }
    const one = await moderation.get({ guild, number: payload.case });
    if (!one || one.heard || one.logMessage !== null) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    const { body } = toPayload(await caseCard(one, context), { i18n, locale });
    const error = await writeLetter(owner, { body }, send, context);
    if (error) log.info({ guild, case: one.number, error }, 'a moderator could not be told that an action was refused');
    return { kind: 'done' };
  },
});
