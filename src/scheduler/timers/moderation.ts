import { Type } from '@sinclair/typebox';
import { climbOf } from '../../services/moderation/ladder.ts';
import { perform } from '../../services/moderation/perform.ts';
import { defineTimer } from '../timer.ts';

/** Some two hours with the pauses between them: what Discord was not there for until then is reported, not done late. */
const MOST_TRIES = 35;

/** Does what a case says. Somebody may wait for it, so it does not stand behind what else falls due. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  mostTries: MOST_TRIES,
  async deliver({ guild = '', payload, triedAt, attempt, send }, context, signal) {
    const { moderation, gateway } = context;
    const one = await moderation.get({ guild, number: payload.case });
    if (one?.state !== 'pending') return { kind: 'done' };
    const lane = one.source === 'command' ? 'people' : 'timers';
    const trying = { triedAt, attempt, send, signal };
    const { lanes } = gateway;
    const ending = await lanes.within(lane, () => lanes.impatiently(() => perform(one, trying, context)));
    const climb = ending.kind === 'done' ? await climbOf(one, context) : undefined;
    return {
      kind: 'done',
      also: async (within) => {
        if (await moderation.settle(within, one, ending)) await climb?.(within);
      },
    };
  },
  async givenUp({ guild = '', payload }, { moderation }, within) {
    const one = await moderation.get({ guild, number: payload.case }, within);
    if (one) await moderation.giveUp(within, one);
  },
});
