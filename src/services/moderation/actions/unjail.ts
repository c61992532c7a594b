import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { lastingCase } from '../../../db/cases.ts';
import { list, mention, t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { heldRoles, setRoles } from '../jail.ts';
import { serverOf } from '../members.ts';
import { Refused } from '../refusal.ts';
import { moderates, stillTheirs } from '../taken-roles.ts';

const Jailed = Type.Object({ role: Type.String() });

const MOST_NAMED = 20;

/** Lets a member out of jail and gives back the roles that they had; who has left is not jailed again when they come back. */
export default defineAction({
  data: Type.Object({
    case: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Roles that were given back, and those that could not be. */
    given: Type.Optional(Type.Array(Type.String())),
    lost: Type.Optional(Type.Array(Type.String())),
  }),
  ends: ['jail'],
  about: ({ lost = [] }) => {
    if (lost.length === 0) return undefined;
    const roles = list(lost.slice(0, MOST_NAMED).map((id) => mention('role', id)));
    return t('moderation.jail.lost', { count: lost.length, roles });
  },
  besides: ({ given = [], lost = [] }) => {
    if (lost.length > 0) return t('moderation.jail.tellLost', { count: lost.length });
    return given.length > 0 ? t('moderation.jail.tellGiven') : undefined;
  },
  async refuse({ guild, target }, { db, now }) {
    const lasting = await lastingCase(db, { guild, target, type: 'jail' }, now());
    return lasting ? undefined : t('moderation.jail.notJailed');
  },
  async act(doing) {
    const { one, data, context, keep } = doing;
    const { guild } = one;
    const number = data.case ?? (await lastingCase(context.db, { ...one, type: 'jail' }, context.now()))?.number;
    const jailed = number === undefined ? undefined : await context.moderation.get({ guild, number });
    if (number === undefined || !Value.Check(Jailed, jailed?.data)) throw new Refused(t('moderation.jail.notJailed'));
    await keep({ case: number });
    const { role } = jailed.data;
    const held = await heldRoles(doing);
    if (!held) return;
    const free = [...held.fixed, ...held.movable].filter((id) => id !== role);
    const taken = await stillTheirs(jailed, context);
    const kept = await keptFrom(one, context);
    const given = held.givable(taken).filter((id) => !kept(id));
    await keep({ case: number, given: [...given], lost: taken.filter((id) => !given.includes(id)) });
    await setRoles(doing, [...free, ...given]);
  },
});

/** An account that is frozen gets what lets it moderate from those who give it its rank back, and from nobody else. */
async function keptFrom({ guild, target }: Doing['one'], context: Doing['context']): Promise<(id: string) => boolean> {
  const { frozen } = await context.settings.of(guild, 'permissions');
  if (!frozen.includes(target)) return () => false;
  const server = await serverOf(guild, context);
  return (id) => moderates(server, id);
}
