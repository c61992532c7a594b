import { t } from '../../services/answers/words.ts';
import { PostPayload, postBody } from '../../services/schedule/post.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { defineTimer } from '../timer.ts';

/** Posts what a moderator has written, once or again and again. */
export default defineTimer({
  payload: PostPayload,
  missed: 'collapse',
  deadlineMs: 30_000,
  async deliver({ channel, payload, send }) {
    if (channel === undefined) return { kind: 'failed', why: t('schedule.refused.channelGone') };
    try {
      await send(channel, { body: postBody(payload) });
      return { kind: 'done' };
    } catch (error) {
      const refusal = channelRefusal(error);
      if (refusal === undefined) throw error;
      return { kind: 'failed', why: t(`schedule.refused.${refusal}`) };
    }
  },
});
