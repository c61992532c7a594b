import { Type } from '@sinclair/typebox';
import { t, timestamp } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { memberNow, serverOf } from '../members.ts';
import { Refused } from '../refusal.ts';
import { inTimeoutUntil, setTimeoutUntil } from '../timeouts.ts';

/** A timeout that somebody has asked for themselves. */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  toAnybody: true,
  tells: false,
  ends: ['timeout', 'self-timeout'],
  undoneBy: 'untimeout',
  async act(doing) {
    const { one, context } = doing;
    const member = await memberNow(await serverOf(one.guild, context), one.target);
    const standing = inTimeoutUntil(member, context.now());
    // A moderator's may have been under way when this was asked for.
    if (standing && one.until && standing > one.until) {
      throw new Refused(t('moderation.already.timeoutUntil', { until: timestamp(standing, 'f') }));
    }
    await setTimeoutUntil(doing, one.until);
  },
});
