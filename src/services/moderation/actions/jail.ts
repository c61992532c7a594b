import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { lastingCase } from '../../../db/cases.ts';
import { list, mention, t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { heldRoles, setRoles } from '../jail.ts';
import { stillSeen } from '../jail-leaks.ts';
import { Refused } from '../refusal.ts';
import { takenBy } from '../taken-roles.ts';

const Data = Type.Object({
  /** The role of those in jail. */
  role: Type.String(),
  /** What is to be given back. */
  taken: Type.Optional(Type.Array(Type.String())),
  /** Channels that they see all the same. */
  sees: Type.Optional(Type.Array(Type.String())),
});

/** Takes a member's roles for that of the jail, for good or for a time. */
export default defineAction({
  data: Data,
  ofMember: true,
  ends: ['jail'],
  undoneBy: 'unjail',
  about: ({ taken = [], sees = [] }) => {
    if (sees.length === 0) return t('moderation.jail.taken', { count: taken.length });
    const channels = list(sees.map((id) => mention('channel', id)));
    return t('moderation.jail.takenButSees', { count: taken.length, channels });
  },
  async refuse({ guild, target, until }, { db, now }) {
    const lasting = await lastingCase(db, { guild, target, type: 'jail' }, now());
    if (!lasting || until !== null || lasting.until !== null) return undefined;
    return t('moderation.jail.already', { number: lasting.number });
  },
  async act(doing) {
    const { role } = doing.data;
    const held = await heldRoles(doing);
    if (!held) throw new Refused(t('moderation.refused.left'));
    const lasting = await lastingJail(doing);
    const before = [...(doing.data.taken ?? []), ...(await takenBefore(doing)), ...held.movable];
    const taken = [...new Set(before)].filter((id) => id !== role && id !== lasting);
    await doing.keep({ role, taken });
    await setRoles(doing, [...held.fixed, role]);
    await doing.keep({ role, taken, sees: [...(await stillSeen(doing, [...held.fixed, role]))] });
  },
  endsAt: ({ until }) => until ?? undefined,
  atEnd: ({ one, context }) => orderAtEnd(one, { type: 'unjail', data: { case: one.number } }, context),
});

type Here = Pick<Doing, 'one' | 'context'>;

/** What another jailing that this one takes the place of has taken, and what was taken from an account that is frozen. */
async function takenBefore({ one, context }: Here): Promise<readonly string[]> {
  return [...(await takenBy('jail', one, context)), ...(await takenBy('disarm', one, context))];
}

/** The role of the jail that they are in already, which is another one where the server has changed that since. */
async function lastingJail({ one, context }: Here): Promise<string | undefined> {
  const lasting = await lastingCase(context.db, { ...one, type: 'jail' }, context.now());
  return Value.Check(Data, lasting?.data) ? lasting.data.role : undefined;
}
