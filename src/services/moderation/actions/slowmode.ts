import { Type } from '@sinclair/typebox';
import { type APITextChannel, Routes } from 'discord.js';
import { lastingCase } from '../../../db/cases.ts';
import { sayDuration } from '../../../lib/time/say.ts';
import { t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';

const Seconds = Type.Integer({ minimum: 0, maximum: 21_600 });
const Data = Type.Object({
  seconds: Seconds,
  /** What is to be set again when it is over. */
  before: Type.Optional(Seconds),
});

/** Sets how long members wait between two messages in a channel, for good or for a time. */
export default defineAction({
  data: Data,
  ofPerson: false,
  tells: false,
  ends: ['slowmode'],
  about: ({ seconds }) =>
    seconds === 0 ? t('moderation.slowmode.off') : t('moderation.slowmode.on', { span: sayDuration(seconds * 1_000) }),
  async act(doing) {
    const { data, one, context, reason, signal, keep } = doing;
    const { seconds } = data;
    if (data.before === undefined) await keep({ seconds, before: await beforeOf(doing) });
    const body = { rate_limit_per_user: seconds };
    await context.discord.rest.patch(Routes.channel(one.target), { body, reason, signal });
  },
  endsAt: ({ until }) => until ?? undefined,
  async atEnd(doing) {
    const { one, data, context } = doing;
    if ((await secondsOf(doing)) !== data.seconds) return undefined; // somebody has set another since
    return await orderAtEnd(one, { type: 'slowmode', data: { seconds: data.before ?? 0 } }, context);
  },
});

type Here = Pick<Doing<{ seconds: number; before?: number }>, 'one' | 'context' | 'signal'>;

/** What is to be set again: what was there, or what was there before another one for a time that this takes the place of. */
async function beforeOf({ one, context, signal }: Here): Promise<number> {
  const now = await secondsOf({ one, context, signal });
  const lasting = await lastingCase(context.db, { ...one, same: { seconds: now } }, context.now());
  if (!lasting?.until) return now;
  const { before = now } = lasting.data as { readonly before?: number }; // as this type of action has kept it
  return before;
}

async function secondsOf({ one, context, signal }: Here): Promise<number> {
  const channel = (await context.discord.rest.get(Routes.channel(one.target), { signal })) as APITextChannel; // what Discord answers to this
  return channel.rate_limit_per_user ?? 0;
}
