import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { JSONValue } from 'postgres';
import type { Case } from '../../../db/cases.ts';
import { standingLockdowns } from '../../../db/lockdowns.ts';
import { list, mention, type Said, t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { type Channel, changeChannels, channelsNow, covers } from '../channel-locks.ts';
import { targetWords } from '../notice.ts';
import { ChannelChange, composed } from '../overwrite-changes.ts';
import { Refused } from '../refusal.ts';

const Data = Type.Object({
  /** Which lockdown is lifted. */
  case: Type.Optional(Type.Integer({ minimum: 1 })),
  missed: Type.Optional(Type.Array(Type.String())),
});
const Locked = Type.Object({ channels: Type.Optional(Type.Array(ChannelChange)) });

/** Gives back what a lockdown took, and leaves what somebody has changed meanwhile. */
export default defineAction({
  data: Data,
  ofPerson: false,
  tells: false,
  ends: ['lockdown'],
  about: ({ missed = [] }) =>
    missed.length === 0
      ? undefined
      : t('moderation.lockdown.stillLocked', { missed: list(missed.slice(0, 20).map((id) => mention('channel', id))) }),
  async refuse({ guild, target }, { db }) {
    const standing = await standingLockdowns(db, guild);
    return standing.some((one) => one.target === target) ? undefined : notLocked(standing);
  },
  async act(doing) {
    const { one, context, keep } = doing;
    const standing = await standingLockdowns(context.db, one.guild);
    const number = doing.data.case ?? standing.find(({ target }) => target === one.target)?.number;
    const lockdown = number === undefined ? undefined : await context.moderation.get({ guild: one.guild, number });
    if (number === undefined || !lockdown) throw new Refused(notLocked(standing));
    await keep({ case: number });
    const others = standing.filter((other) => other.number !== number && other.target !== one.target);
    const mine = await handOver(doing, channelsOf(lockdown), others);
    const missed = await changeChannels(doing, mine, 'undo');
    if (missed.length > 0 && missed.length === mine.length) throw new Refused(t('moderation.refused.permissions'));
    await keep({ case: number, missed: [...missed] });
  },
});

function notLocked(standing: readonly Case[]): Said {
  if (standing.length === 0) return t('moderation.lockdown.noneStands');
  const cases = standing.map((one) =>
    t('moderation.lockdown.stands', { number: one.number, where: targetWords(one, false) }),
  );
  return t('moderation.lockdown.otherStands', { list: list(cases) });
}

function channelsOf({ data }: Pick<Case, 'data'>): readonly ChannelChange[] {
  return Value.Check(Locked, data) ? (data.channels ?? []) : [];
}

/** What another lockdown is of, too, stays locked and is that one's to give back. Says what is left to be given back now. */
async function handOver(
  doing: Doing<Static<typeof Data>>,
  own: readonly ChannelChange[],
  others: readonly Case[],
): Promise<readonly ChannelChange[]> {
  if (others.length === 0) return own;
  const places = new Map<string, Channel>((await channelsNow(doing)).map((channel) => [channel.id, channel]));
  const heir = ({ id }: ChannelChange) => {
    const place = places.get(id);
    return place && others.find((other) => covers(other, place));
  };
  for (const other of others) {
    const inherited = own.filter((change) => heir(change)?.number === other.number);
    if (inherited.length === 0) continue;
    const theirs = channelsOf(other);
    const joined = inherited.map((change) =>
      composed(
        change,
        theirs.find(({ id }) => id === change.id),
      ),
    );
    const channels = [...theirs.filter(({ id }) => !joined.some((one) => one.id === id)), ...joined];
    await doing.context.moderation.keep(other, { ...Object(other.data), channels } satisfies JSONValue);
  }
  return own.filter((change) => heir(change) === undefined);
}
