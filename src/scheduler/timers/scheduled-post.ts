import type { Context } from '../../context.ts';
import { occurrences } from '../../lib/time/rule.ts';
import { renderPlain, t } from '../../services/answers/words.ts';
import { PostPayload, postBody, type WasDue } from '../../services/schedule/post.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { whenOf } from '../../services/timers/when.ts';
import { type Delivery, defineTimer } from '../timer.ts';

/** From then on a post says when it was due. */
const WORTH_SAYING_MS = 5 * 60_000;
/** From then on it would say what is over. */
const TOO_LATE_MS = 6 * 3_600_000;

/** Posts what a moderator has written, once or again and again. */
export default defineTimer({
  payload: PostPayload,
  missed: 'collapse',
  tellsOwner: true,
  deadlineMs: 30_000,
  async deliver(delivery, context) {
    const { channel, payload, recurring, send } = delivery;
    if (channel === undefined) return { kind: 'failed', why: t('schedule.refused.channelGone') };
    const due = await latestDue(delivery, context);
    const lateMs = context.now().getTime() - due.getTime();
    if (lateMs > TOO_LATE_MS && recurring) return { kind: 'skipped', why: t('schedule.passedOver') };
    if (lateMs > TOO_LATE_MS) return { kind: 'failed', why: t('schedule.tooLate') };
    const wasDue = lateMs > WORTH_SAYING_MS ? await wasDueAt(due, delivery, context) : undefined;
    try {
      await send(channel, { body: postBody(payload, wasDue) });
      return { kind: 'done' };
    } catch (error) {
      const refusal = channelRefusal(error);
      if (refusal === undefined) throw error;
      return { kind: 'failed', why: t(`schedule.refused.${refusal}`) };
    }
  },
});

/** After days away what comes every day may have been due a minute ago. */
async function latestDue({ id, dueAt, missed }: Delivery<PostPayload>, { timers }: Context): Promise<Date> {
  if (missed === 0) return dueAt;
  const timer = await timers.get({ id, kind: 'scheduled-post' });
  const when = timer && whenOf(timer);
  return (when?.kind === 'repeat' && occurrences(when.recurrence, dueAt, missed).at(-1)) || dueAt;
}

async function wasDueAt(at: Date, { guild }: Delivery<PostPayload>, { i18n, settings }: Context): Promise<WasDue> {
  const locale = guild === undefined ? 'en' : (await settings.of(guild, 'general')).language;
  return { at, words: renderPlain(t('schedule.wasDue'), { i18n, locale }) };
}
