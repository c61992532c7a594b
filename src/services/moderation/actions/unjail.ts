import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { lastingCase } from '../../../db/cases.ts';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { heldRoles, setRoles } from '../jail.ts';
import { Refused } from '../refusal.ts';

const Jailed = Type.Object({ role: Type.String(), taken: Type.Optional(Type.Array(Type.String())) });

/** Lets a member out of jail and gives back the roles that they had; who has left is not jailed again when they come back. */
export default defineAction({
  data: Type.Object({ case: Type.Optional(Type.Integer({ minimum: 1 })) }),
  ends: ['jail'],
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
    const { role, taken = [] } = jailed.data;
    const held = await heldRoles(doing);
    if (!held) return;
    const free = [...held.fixed, ...held.movable].filter((id) => id !== role);
    await setRoles(doing, [...free, ...held.givable(taken)]);
  },
});
