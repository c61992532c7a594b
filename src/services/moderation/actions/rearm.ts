import { Type } from '@sinclair/typebox';
import { list, mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { heldRoles, setRoles } from '../jail.ts';
import { Refused } from '../refusal.ts';
import { stillTheirs, takenBy } from '../taken-roles.ts';

const MOST_NAMED = 20;

/** Gives an account the roles back that were taken from it when it was frozen. */
export default defineAction({
  data: Type.Object({
    case: Type.Integer({ minimum: 1 }),
    /** Roles that could not be given back. */
    lost: Type.Optional(Type.Array(Type.String())),
  }),
  toAnybody: true,
  tells: false,
  ends: ['disarm'],
  about: ({ lost = [] }) => {
    if (lost.length === 0) return undefined;
    const roles = list(lost.slice(0, MOST_NAMED).map((id) => mention('role', id)));
    return t('moderation.jail.lost', { count: lost.length, roles });
  },
  async act(doing) {
    const { one, data, context, keep } = doing;
    const disarmed = await context.moderation.get({ guild: one.guild, number: data.case });
    const held = await heldRoles(doing);
    if (!held) throw new Refused(t('moderation.refused.leftUnarmed'));
    const later = await takenBy('jail', one, context); // whoever is in jail gets these when they are let out
    const taken = (await stillTheirs(disarmed, context)).filter((id) => !later.includes(id));
    const given = held.givable(taken);
    await keep({ case: data.case, lost: taken.filter((id) => !given.includes(id)) });
    await setRoles(doing, [...held.fixed, ...held.movable, ...given]);
  },
});
