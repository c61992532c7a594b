import type { Context } from '../../context.ts';
import type { Attached } from '../../services/answers/answer.ts';
import { mention, t } from '../../services/answers/words.ts';
import { WelcomePayload } from '../../services/joining/orders.ts';
import { welcomeFor } from '../../services/joining/welcome.ts';
import { welcomeCard } from '../../services/joining/welcome-card.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import type { Outgoing } from '../../services/timers/send-once.ts';
import { writeLetter } from '../../services/timers/write-letter.ts';
import { type Delivery, defineTimer } from '../timer.ts';

const HOUR_MS = 3_600_000;

/** Welcomes whoever has joined, in the channel or by a direct message, or says a word of whoever has left. */
export default defineTimer({
  payload: WelcomePayload,
  missed: 'skip',
  lateAfterMs: HOUR_MS,
  deadlineMs: 30_000,
  async deliver(delivery, context, signal) {
    const { guild = '', owner, payload } = delivery;
    const { name, count, where } = payload;
    const content = await welcomeFor(guild, { id: owner, name, count }, payload, context);
    if (content === undefined) return { kind: 'done' };
    // Nobody but who has come is meant to be called.
    const users = where === 'farewell' ? [] : [owner];
    const body = { content, allowed_mentions: { parse: [], users } };
    if (where === 'dm') await write(delivery, body, context);
    else {
      const card = await cardFor(delivery, context, signal);
      await say(delivery, card ? withPicture(body, card) : { body }, context);
    }
    return { kind: 'done' };
  },
});

async function write({ guild, owner, send }: Delivery, body: object, context: Context): Promise<void> {
  const closed = await writeLetter(owner, { body }, send, context);
  if (closed) context.log.info({ guild, member: owner, error: closed }, 'a new member takes no direct message');
}

/** Nothing where none is wanted (any more). */
async function cardFor(
  { guild = '', owner: id, payload }: Delivery<WelcomePayload>,
  context: Context,
  signal: AbortSignal,
): Promise<Attached | undefined> {
  const { discord, i18n, settings } = context;
  const [{ card: wanted }, { language: locale }] = await Promise.all([
    settings.of(guild, 'welcome'),
    settings.of(guild, 'general'),
  ]);
  if (!wanted || !payload.card) return undefined;
  const { name, count, card } = payload;
  const server = discord.guilds.cache.get(guild)?.name ?? '';
  return welcomeCard({ id, name, count, ...card }, { server, reader: { i18n, locale }, signal }, context);
}

function withPicture(body: object, { name, bytes, description = '' }: Attached): Outgoing {
  const attachments = [{ id: 0, filename: name, description }];
  return { body: { ...body, attachments }, files: [{ name, data: Buffer.from(bytes) }] };
}

async function say({ guild = '', owner, send }: Delivery, message: Outgoing, context: Context): Promise<void> {
  const { settings, log, joinNotices } = context;
  const { channel } = await settings.of(guild, 'welcome');
  if (channel === undefined) return;
  try {
    await send(channel, message);
  } catch (error) {
    const refusal = channelRefusal(error);
    if (refusal === undefined && !(error instanceof UnsureSentError)) throw error;
    log.warn({ guild, channel, member: owner, error }, 'a new member could not be welcomed');
    if (refusal === undefined) return;
    const where = refusal === 'channelGone' ? channel : mention('channel', channel);
    await joinNotices.tell(guild, `welcome ${channel}`, t(`joining.refused.${refusal}`, { channel: where }));
  }
}
