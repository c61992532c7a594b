import type { Context } from '../../context.ts';
import { mention, t } from '../../services/answers/words.ts';
import { WelcomePayload } from '../../services/joining/orders.ts';
import { welcomeFor } from '../../services/joining/welcome.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { type Delivery, defineTimer } from '../timer.ts';

const HOUR_MS = 3_600_000;

/** Welcomes whoever has joined, in the channel or by a direct message, or says a word of whoever has left. */
export default defineTimer({
  payload: WelcomePayload,
  missed: 'skip',
  lateAfterMs: HOUR_MS,
  deadlineMs: 30_000,
  async deliver(delivery, context) {
    const { guild = '', owner, payload } = delivery;
    const { name, count, where } = payload;
    const content = await welcomeFor(guild, { id: owner, name, count }, payload, context);
    if (content === undefined) return { kind: 'done' };
    // Nobody but who has come is meant to be called.
    const users = where === 'farewell' ? [] : [owner];
    const body = { content, allowed_mentions: { parse: [], users } };
    if (where === 'dm') await write(delivery, body, context);
    else await say(delivery, body, context);
    return { kind: 'done' };
  },
});

async function write({ guild, owner, send }: Delivery, body: object, context: Context): Promise<void> {
  const closed = await writeLetter(owner, { body }, send, context);
  if (closed) context.log.info({ guild, member: owner, error: closed }, 'a new member takes no direct message');
}

async function say({ guild = '', owner, send }: Delivery, body: object, context: Context): Promise<void> {
  const { settings, log, joinNotices } = context;
  const { channel } = await settings.of(guild, 'welcome');
  if (channel === undefined) return;
  try {
    await send(channel, { body });
  } catch (error) {
    const refusal = channelRefusal(error);
    if (refusal === undefined && !(error instanceof UnsureSentError)) throw error;
    log.warn({ guild, channel, member: owner, error }, 'a new member could not be welcomed');
    if (refusal === undefined) return;
    const where = refusal === 'channelGone' ? channel : mention('channel', channel);
    await joinNotices.tell(guild, `welcome ${channel}`, t(`joining.refused.${refusal}`, { channel: where }));
  }
}
