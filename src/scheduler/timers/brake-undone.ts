import { Type } from '@sinclair/typebox';
import { casesFromTo } from '../../db/brakes.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { notUndoneCard } from '../../services/moderation/not-undone.ts';
import { NotYetError } from '../../services/timers/not-yet.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { defineTimer } from '../timer.ts';

/** Tells whoever had all taken back that a brake is about which of it was refused, in one message, once all of it has ended. */
export default defineTimer({
  payload: Type.Object({ first: Type.Integer({ minimum: 1 }), last: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', owner, payload, send }, context) {
    const { db, settings, i18n, log } = context;
    const cases = await casesFromTo(db, guild, payload);
    if (cases.some(({ state }) => state === 'pending')) throw new NotYetError('not all has been taken back');
    const refused = cases.filter(({ state }) => state === 'void');
    if (refused.length === 0) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    const { body } = toPayload(notUndoneCard(refused, cases.length, context), { i18n, locale });
    const error = await writeLetter(owner, { body }, send, context);
    if (error) log.info({ guild, error }, 'nobody could be told what was not taken back');
    return { kind: 'done' };
  },
});
