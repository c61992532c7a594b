import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { hasRole } from '../member-roles.ts';

/** Gives a member a role, for good or for a time. */
export default defineAction({
  data: Type.Object({ role: Type.String() }),
  ofMember: true,
  tells: false,
  ends: ['role-add'],
  endsSame: ['role'],
  undoneBy: 'role-remove',
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  async act({ one, data, context, reason, signal }) {
    await context.discord.rest.put(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
  endsAt: ({ until }) => until ?? undefined,
  async atEnd({ one, data, context }) {
    if (!(await hasRole(one, data.role, context))) return undefined; // they are away, or somebody has taken it
    return await orderAtEnd(one, { type: 'role-remove', data: { role: data.role } }, context);
  },
});
