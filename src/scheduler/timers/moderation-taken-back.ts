import { Type } from '@sinclair/typebox';
import { DiscordAPIError } from 'discord.js';
import { tellTakenBack } from '../../services/moderation/notice.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Tells a member that what they were told of, before they would have been out of reach, was not done. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload, send }, context) {
    const one = await context.moderation.get({ guild, number: payload.case });
    if (one?.state !== 'void') return { kind: 'done' };
    try {
      await tellTakenBack(one, send, context);
    } catch (error) {
      const closed = error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
      if (!(closed && error.status !== 429) && !(error instanceof UnsureSentError)) throw error;
      context.log.info({ guild, case: one.number, error }, 'a member could not be told that an action was not done');
    }
    return { kind: 'done' };
  },
});
