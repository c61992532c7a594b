import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { findFollow } from '../../db/follows.ts';
import { NewsPayload, newsBody, plainNews } from '../../services/follows/message.ts';
import { pause } from '../../services/follows/pause.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** Posts what is new in something that a channel follows, and pauses that when the channel will not take it. */
export default defineTimer({
  payload: NewsPayload,
  missed: 'late',
  deadlineMs: 30_000,
  async deliver(delivery, context) {
    const { db, database, settings, i18n, timers, now, log } = context;
    const follow = await findFollow(db, delivery.payload.follow);
    if (!follow || follow.pausedAt) return { kind: 'done' }; // nobody wants it any more
    const { language: locale } = await settings.of(follow.guild, 'general');
    try {
      await post(delivery, follow.channel, { i18n, locale });
    } catch (error) {
      const why = channelRefusal(error);
      if (why === undefined) throw error;
      log.info({ follow: follow.id, guild: follow.guild, channel: follow.channel, why }, 'a follow is paused');
      await database.begin((tx, notify) => pause({ id: follow.id }, follow, why, { tx, notify, timers, now: now() }));
    }
    return { kind: 'done' };
  },
});

/** As cards; as plain text where Discord does not like something in them, such as an address: nothing is to be lost. */
async function post(
  { payload, send }: Delivery<NewsPayload>,
  channel: string,
  reader: Parameters<typeof newsBody>[1],
): Promise<void> {
  try {
    await send(channel, { body: newsBody(payload, reader) });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== Code.InvalidFormBodyOrContentType) throw error;
    await send(channel, { body: plainNews(payload, reader) });
  }
}
