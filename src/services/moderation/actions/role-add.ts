import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { hadRole, hasRole } from '../member-roles.ts';
import { Refused } from '../refusal.ts';

/** Gives a member a role, for good or for a time. */
export default defineAction({
  data: Type.Object({ role: Type.String() }),
  ofMember: true,
  tells: false,
  ends: ['role-add'],
  endsSame: ['role'],
  undoneBy: 'role-remove',
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  async act({ one, data, context, reason, signal, triedAt }) {
    // Of many at once it is taken back from those alone to whom it was done.
    if (one.source === 'mass' && triedAt === undefined && hadRole(one, data.role, context) === true) {
      throw new Refused(t('moderation.already.hasRole'));
    }
    await context.discord.rest.put(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
  endsAt: ({ until }) => until ?? undefined,
  async atEnd({ one, data, context }) {
    if (!(await hasRole(one, data.role, context))) return undefined; // they are away, or somebody has taken it
    return await orderAtEnd(one, { type: 'role-remove', data: { role: data.role } }, context);
  },
});
