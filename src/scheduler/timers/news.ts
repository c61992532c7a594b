import { findFollow } from '../../db/follows.ts';
import { NewsPayload, newsBody } from '../../services/follows/message.ts';
import { pause } from '../../services/follows/pause.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { defineTimer } from '../timer.ts';

/** Posts what is new in something that a channel follows, and pauses that when the channel will not take it. */
export default defineTimer({
  payload: NewsPayload,
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload, send }, context) {
    const { db, database, settings, i18n, timers, now, log } = context;
    const follow = await findFollow(db, payload.follow);
    if (!follow || follow.pausedAt) return { kind: 'done' }; // nobody wants it any more
    const { language: locale } = await settings.of(follow.guild, 'general');
    try {
      await send(follow.channel, { body: newsBody(payload, { i18n, locale }) });
    } catch (error) {
      const why = channelRefusal(error);
      if (why === undefined) throw error;
      log.info({ follow: follow.id, guild: follow.guild, channel: follow.channel, why }, 'a follow is paused');
      await database.begin((tx, notify) => pause({ id: follow.id }, follow, why, { tx, notify, timers, now: now() }));
    }
    return { kind: 'done' };
  },
});
