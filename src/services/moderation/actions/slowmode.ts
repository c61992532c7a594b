import { type Static, Type } from '@sinclair/typebox';
import { type APITextChannel, Routes } from 'discord.js';
import { lastingCase } from '../../../db/cases.ts';
import { caseEndedBy } from '../../../db/ending-cases.ts';
import { lasting, type Said, t } from '../../answers/words.ts';
import { type Doing, defineAction, type Undoing } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { Refused } from '../refusal.ts';

const Seconds = Type.Integer({ minimum: 0, maximum: 21_600 });
const Data = Type.Object({
  seconds: Seconds,
  /** What is to be set again when it is over. */
  before: Type.Optional(Seconds),
  /** What was set before: another one for a time, where this took its place. */
  was: Type.Optional(Seconds),
  /** What has to be set still, for it to be taken back. */
  instead: Type.Optional(Seconds),
});
type Data = Static<typeof Data>;

/** Sets how long members wait between two messages in a channel, for good or for a time. */
export default defineAction({
  data: Data,
  ofPerson: false,
  tells: false,
  ends: ['slowmode'],
  undoneBy: 'slowmode',
  undo: undoing,
  about: ({ seconds }) => slowmodeWords(seconds),
  async act(doing) {
    const { data, one, context, reason, signal, keep } = doing;
    const { seconds, before, instead } = data;
    if (data.was === undefined) {
      if (instead !== undefined) await refuseIfOther(doing, instead);
      await keep({ seconds, ...(await beforeOf(doing)), ...(before !== undefined && { before }) });
    }
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

type Here = Pick<Doing<Data>, 'one' | 'context' | 'signal'>;

/** What is to be set again: what was there, or what was there before another one for a time that this takes the place of. */
async function beforeOf({ one, context, signal }: Here): Promise<Pick<Data, 'before' | 'was'>> {
  const was = await secondsOf({ one, context, signal });
  const lasting = await lastingCase(context.db, { ...one, same: { seconds: was } }, context.now());
  if (!lasting?.until) return { before: was, was };
  const { before = was } = lasting.data as Data; // as this type of action has kept it
  return { before, was };
}

/** Back to what was set before; for the rest of its time where that was for one, and to what it was set in place of where that is over. */
async function undoing(doing: Doing<Data>): Promise<Undoing> {
  const { data, one, context } = doing;
  const { seconds, before = 0, was = before } = data;
  const type = 'slowmode';
  await refuseIfOther(doing, seconds);
  const { until, data: known } = (await caseEndedBy(context.db, one, { type, same: { seconds: was } })) ?? {};
  if (!until) return { type, data: { seconds: was, instead: seconds } };
  if (until <= context.now()) return { type, data: { seconds: before, instead: seconds } };
  const { before: first = 0 } = known as Data; // as this type of action has kept it
  return { type, data: { seconds: was, before: first, instead: seconds }, until };
}

/** What somebody has set since stays. */
async function refuseIfOther(here: Here, expected: number): Promise<void> {
  const now = await secondsOf(here);
  if (now === expected) return;
  throw new Refused(t('cases.undo.otherSlowmode', { wait: slowmodeWords(now) }));
}

async function secondsOf({ one, context, signal }: Here): Promise<number> {
  const channel = (await context.discord.rest.get(Routes.channel(one.target), { signal })) as APITextChannel; // what Discord answers to this
  return channel.rate_limit_per_user ?? 0;
}

function slowmodeWords(seconds: number): Said {
  if (seconds === 0) return t('moderation.slowmode.off');
  return t('moderation.slowmode.on', { span: lasting(seconds * 1_000) });
}
