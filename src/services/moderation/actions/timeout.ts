import { Type } from '@sinclair/typebox';
import { type Doing, defineAction } from '../action.ts';
import { backToEarlier } from '../earlier-time.ts';
import { memberNow, serverOf } from '../members.ts';
import { inTimeoutUntil, nextLook, refuseAdministrator, setTimeoutUntil } from '../timeouts.ts';

const DAY_MS = 86_400_000;

const Data = Type.Object({
  /** Until when it is at Discord, where that is not its whole. Milliseconds since 1970. */
  setTo: Type.Optional(Type.Integer()),
});

/** Keeps a member from writing and talking for a time, or for another than they are so already. */
export default defineAction({
  data: Data,
  ofMember: true,
  ends: ['timeout', 'self-timeout'],
  undoneBy: 'untimeout',
  undo: (doing) => backToEarlier(doing, 'untimeout'),
  refuse: refuseAdministrator,
  refusesAtOnce: true,
  async act(doing) {
    await set(doing);
  },
  async isGone({ one, context }) {
    // Of who is away Discord keeps it.
    const member = await memberNow(await serverOf(one.guild, context), one.target);
    return member !== undefined && !inTimeoutUntil(member, context.now());
  },
  endsAt: ({ until }, now) => nextLook(until, now),
  async atEnd(doing) {
    const { one, data, context } = doing;
    const { until } = one;
    const now = context.now();
    if (!until || until <= now) return undefined;
    const member = await memberNow(await serverOf(one.guild, context), one.target);
    // Who is away for now may come back before it is over.
    if (!member) return { again: earlier(until, new Date(now.getTime() + DAY_MS)) };
    const lifted = data.setTo !== undefined && now.getTime() < data.setTo && !inTimeoutUntil(member, now);
    if (lifted) return undefined;
    await set(doing);
    return { again: nextLook(until, now) ?? until };
  },
});

async function set(doing: Doing<{ setTo?: number }>): Promise<void> {
  const { until } = doing.one;
  const to = await setTimeoutUntil(doing, until);
  if (to && until && to < until) await doing.keep({ setTo: to.getTime() });
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
