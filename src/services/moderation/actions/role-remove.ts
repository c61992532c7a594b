import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';

/** Takes a role from a member. */
export default defineAction({
  data: Type.Object({ role: Type.String() }),
  ofMember: true,
  tells: false,
  ends: ['role-add'],
  endsSame: ['role'],
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  async act({ one, data, context, reason, signal }) {
    await context.discord.rest.delete(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
});
