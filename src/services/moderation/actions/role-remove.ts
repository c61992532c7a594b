import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { hadRole } from '../member-roles.ts';
import { Refused } from '../refusal.ts';

/** Takes a role from a member. */
export default defineAction({
  data: Type.Object({ role: Type.String() }),
  ofMember: true,
  tells: false,
  ends: ['role-add'],
  endsSame: ['role'],
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  async act({ one, data, context, reason, signal, triedAt }) {
    // Of many at once it is taken back from those alone to whom it was done.
    if (one.source === 'mass' && triedAt === undefined && hadRole(one, data.role, context) === false) {
      throw new Refused(t('moderation.already.lacksRole'));
    }
    await context.discord.rest.delete(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
});
