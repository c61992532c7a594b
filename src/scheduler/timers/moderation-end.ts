import { Type } from '@sinclair/typebox';
import { t } from '../../services/answers/words.ts';
import { atEndOf } from '../../services/moderation/at-end.ts';
import { isBeingReplaced } from '../../services/moderation/enders.ts';
import { defineTimer } from '../timer.ts';

/** What is under way and takes the place of a case ends it, or is void soon. */
const LOOK_AGAIN_MS = 10_000;
/** What must end is not forgotten because Discord was away for hours. */
const TRY_AGAIN_MS = 3_600_000;

/** Sees to the end of a case's effect: lifts a ban whose time is over, and the like. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload, triedAt }, context, signal) {
    const { moderation, now } = context;
    const one = await moderation.get({ guild, number: payload.case });
    if (one?.state !== 'done' || one.endedAt) return { kind: 'done' };
    const next = await atEndOf(one, { triedAt, signal }, context);
    return {
      kind: 'done',
      also: async (within) => {
        if (await isBeingReplaced(within, one)) {
          return await moderation.endAt(within, one, new Date(now().getTime() + LOOK_AGAIN_MS));
        }
        if (next && 'again' in next) return await moderation.endAt(within, one, next.again);
        await moderation.ended(within, one);
        if (next) await moderation.order(next.order, within);
      },
    };
  },
  async givenUp({ guild = '', payload }, { moderation, now }, within) {
    const one = await moderation.get({ guild, number: payload.case });
    if (one?.state !== 'done' || one.endedAt) return;
    await moderation.endAt(within, one, new Date(now().getTime() + TRY_AGAIN_MS));
    await moderation.trouble(within, one, t('moderation.trouble.tooOften'));
  },
});
