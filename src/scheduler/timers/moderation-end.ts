import { Type } from '@sinclair/typebox';
import type { Context } from '../../context.ts';
import { lockCase } from '../../db/case-events.ts';
import type { Within } from '../../db/connect.ts';
import { type Said, t } from '../../services/answers/words.ts';
import { atEndOf } from '../../services/moderation/at-end.ts';
import { isBeingReplaced } from '../../services/moderation/enders.ts';
import type { Case } from '../../services/moderation/moderation.ts';
import { defineTimer } from '../timer.ts';

/** What is under way and takes the place of a case ends it, or is void soon. */
const LOOK_AGAIN_MS = 10_000;
/** What must end is not forgotten because Discord was away for hours. */
const TRY_AGAIN_MS = 3_600_000;

/** Sees to the end of a case's effect: lifts a ban whose time is over, and the like. */
export default defineTimer({
  payload: Type.Object({
    case: Type.Integer({ minimum: 1 }),
    /** Whether it has been told already that something stands in the way. */
    troubled: Type.Optional(Type.Boolean()),
  }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ id, guild = '', payload, triedAt }, context, signal) {
    const { moderation, now } = context;
    const one = await moderation.get({ guild, number: payload.case });
    if (!one || !endsBy(one, id)) return { kind: 'done' };
    const next = await atEndOf(one, { triedAt, signal }, context);
    return {
      kind: 'done',
      also: async (within) => {
        const replaced = await isBeingReplaced(within, one);
        const still = await lockCase(within.tx, one);
        if (!still || !endsBy(still, id)) return; // somebody has changed that meanwhile
        if (replaced) {
          return await moderation.endAt(within, one, new Date(now().getTime() + LOOK_AGAIN_MS));
        }
        if (next && 'again' in next) return await again(within, one, next, payload.troubled, context);
        await moderation.ended(within, one);
        if (next) await moderation.order(next.order, within);
      },
    };
  },
  async givenUp({ id, guild = '', payload }, { moderation, now }, within) {
    const one = await lockCase(within.tx, { guild, number: payload.case });
    if (!one || !endsBy(one, id)) return;
    await moderation.endAt(within, one, new Date(now().getTime() + TRY_AGAIN_MS), true);
    if (!payload.troubled) await moderation.trouble(within, one, t('moderation.trouble.tooOften'));
  },
});

/** Looks again later. What stands in the way until then is told once. */
async function again(
  within: Within,
  one: Case,
  { again: at, trouble }: { readonly again: Date; readonly trouble?: Said },
  troubled: boolean | undefined,
  { moderation }: Pick<Context, 'moderation'>,
): Promise<void> {
  await moderation.endAt(within, one, at, trouble !== undefined);
  if (trouble && !troubled) await moderation.trouble(within, one, t('moderation.trouble.refused', { why: trouble }));
}

/** Whether an effect lasts and ends by this timer: a case may have been given another. */
function endsBy({ state, endedAt, endTimer }: Case, timer: string): boolean {
  return state === 'done' && endedAt === null && endTimer === timer;
}
