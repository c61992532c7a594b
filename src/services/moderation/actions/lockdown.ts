import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { standingLockdowns } from '../../../db/lockdowns.ts';
import { list, mention, t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { changeChannels, channelsNow, covers, planLock } from '../channel-locks.ts';
import { ChannelChange } from '../overwrite-changes.ts';
import { Refused } from '../refusal.ts';

const Data = Type.Object({
  /** What is to be given back. */
  channels: Type.Optional(Type.Array(ChannelChange)),
  /** Channels that Discord does not let the bot change. */
  missed: Type.Optional(Type.Array(Type.String())),
  /** Channels where people can still talk, since the bot may not itself. */
  open: Type.Optional(Type.Array(Type.String())),
});
type Data = Static<typeof Data>;

const MOST_NAMED = 20;

/** Lets only staff talk in a channel, a category or the whole server, for good or for a time. */
export default defineAction({
  data: Data,
  ofPerson: false,
  tells: false,
  ends: ['lockdown'],
  undoneBy: 'unlock',
  about: ({ channels = [], missed = [], open = [] }) => {
    const but = [
      ...(missed.length > 0 ? [t('moderation.lockdown.missed', { missed: named(missed) })] : []),
      ...(open.length > 0 ? [t('moderation.lockdown.open', { open: named(open) })] : []),
    ];
    const count = t('moderation.lockdown.count', { count: channels.length });
    return but.length === 0 ? count : t('moderation.lockdown.but', { count, but: list(but) });
  },
  async act(doing) {
    const { data, keep } = doing;
    const { channels: planned, open } = data.channels
      ? { open: [], ...data, channels: data.channels }
      : await plan(doing);
    if (!data.channels) await keep({ channels: planned, open });
    const missed = [...(await changeChannels(doing, planned, 'do'))];
    const channels = planned.filter(({ id }) => !missed.includes(id));
    await keep(channels.length > 0 ? { channels, missed, open } : {});
    if (channels.length > 0) return;
    if (missed.length > 0) throw new Refused(t('moderation.refused.permissions'));
    throw new Refused(
      open.length > 0 ? t('moderation.lockdown.cannot', { open: named(open) }) : t('moderation.lockdown.nothing'),
    );
  },
  endsAt: ({ until }) => until ?? undefined,
  atEnd: ({ one, context }) => orderAtEnd(one, { type: 'unlock', data: { case: one.number } }, context),
});

function named(channels: readonly string[]) {
  return list(channels.slice(0, MOST_NAMED).map((id) => mention('channel', id)));
}

/** What is open is closed; what an earlier lockdown of the same has closed is this one's from now on. */
async function plan(doing: Doing<Data>): Promise<Required<Pick<Data, 'channels' | 'open'>>> {
  const { one, context } = doing;
  const within = (await channelsNow(doing)).filter((channel) => covers(one, channel));
  const { changes: fresh, open } = await planLock(doing, within);
  const standing = await standingLockdowns(context.db, one.guild);
  const before = standing.find(({ target }) => target === one.target)?.data;
  const earlier = Value.Check(Data, before) ? (before.channels ?? []) : [];
  const channels = [...earlier, ...fresh.filter(({ id }) => !earlier.some((channel) => channel.id === id))];
  return { channels, open: [...open] };
}
