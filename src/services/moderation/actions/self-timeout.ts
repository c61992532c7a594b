import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';
import { setTimeoutUntil } from '../timeouts.ts';

/** A timeout that somebody has asked for themselves. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  toAnybody: true,
  tells: false,
  ends: ['timeout', 'self-timeout'],
  undoneBy: 'untimeout',
  async act(doing) {
    await setTimeoutUntil(doing, doing.one.until);
  },
});
