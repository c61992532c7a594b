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
});

/** Lets only staff talk in a channel, a category or the whole server, for good or for a time. */
export default defineAction({
  data: Data,
  ofPerson: false,
  tells: false,
  ends: ['lockdown'],
  undoneBy: 'unlock',
  about: ({ channels = [], missed = [] }) => {
    if (missed.length === 0) return t('moderation.lockdown.count', { count: channels.length });
    const names = list(missed.slice(0, 20).map((id) => mention('channel', id)));
    return t('moderation.lockdown.missed', { count: channels.length, missed: names });
  },
  async act(doing) {
    const { data, keep } = doing;
    const planned = data.channels ?? (await plan(doing));
    if (!data.channels) await keep({ channels: planned });
    const missed = await changeChannels(doing, planned, 'do');
    const channels = planned.filter(({ id }) => !missed.includes(id));
    await keep(channels.length > 0 || missed.length === 0 ? { channels, missed: [...missed] } : {});
    if (channels.length === 0)
      throw new Refused(t(missed.length > 0 ? 'moderation.refused.permissions' : 'moderation.lockdown.nothing'));
  },
  endsAt: ({ until }) => until ?? undefined,
  atEnd: ({ one, context }) => orderAtEnd(one, { type: 'unlock', data: { case: one.number } }, context),
});

/** What is open is closed; what an earlier lockdown of the same has closed is this one's from now on. */
async function plan(doing: Doing<Static<typeof Data>>): Promise<ChannelChange[]> {
  const { one, context } = doing;
  const within = (await channelsNow(doing)).filter((channel) => covers(one, channel));
  const fresh = await planLock(doing, within);
  const standing = await standingLockdowns(context.db, one.guild);
  const before = standing.find(({ target }) => target === one.target)?.data;
  const earlier = Value.Check(Data, before) ? (before.channels ?? []) : [];
  return [...earlier, ...fresh.filter(({ id }) => !earlier.some((channel) => channel.id === id))];
}
