import type { Context } from '../../context.ts';
import { mention, t } from '../../services/answers/words.ts';
import { LevelUpPayload } from '../../services/levels/orders.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { type Delivery, defineTimer } from '../timer.ts';

const HOUR_MS = 3_600_000;

/** Says that somebody has reached a level, in a channel or by a direct message. */
export default defineTimer({
  payload: LevelUpPayload,
  missed: 'skip',
  lateAfterMs: HOUR_MS,
  deadlineMs: 30_000,
  async deliver(delivery, context) {
    const { guild = '', owner, channel, payload } = delivery;
    const { i18n, settings } = context;
    const [{ pings }, { language }] = await Promise.all([settings.of(guild, 'levels'), settings.of(guild, 'general')]);
    const params = { level: payload.level, who: mention('user', owner).markup, server: nameOf(guild, context) };
    const content = i18n.t(channel === undefined ? 'levels.reachedIn' : 'levels.reached', params, language);
    const body = { content, allowed_mentions: { parse: [], users: pings ? [owner] : [] } };
    if (channel === undefined) await write(delivery, body, context);
    else await say(delivery, channel, body, context);
    return { kind: 'done' };
  },
});

function nameOf(guild: string, { discord }: Context): string {
  return discord.guilds.cache.get(guild)?.name ?? '-';
}

async function write({ guild, owner, send }: Delivery, body: object, context: Context): Promise<void> {
  const closed = await writeLetter(owner, { body }, send, context);
  if (closed) context.log.info({ guild, member: owner, error: closed }, 'a member takes no direct message');
}

async function say(
  { guild = '', owner, send }: Delivery,
  channel: string,
  body: object,
  { log, levelNotices }: Context,
): Promise<void> {
  try {
    await send(channel, { body });
  } catch (error) {
    const refusal = channelRefusal(error);
    if (refusal === undefined && !(error instanceof UnsureSentError)) throw error;
    log.warn({ guild, channel, member: owner, error }, 'it could not be told that a level was reached');
    if (refusal === undefined) return;
    const where = refusal === 'channelGone' ? channel : mention('channel', channel);
    await levelNotices.tell(guild, `notice ${channel}`, t(`levels.refused.${refusal}`, { channel: where }));
  }
}
