import { Routes } from 'discord.js';
import { mention, t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { whyNotTheirs } from '../member-roles.ts';
import { Refused } from '../refusal.ts';
import { giveBack, keepHad, RoleData } from '../role-undo.ts';

/** Takes a role from a member. */
export default defineAction({
  data: RoleData,
  ofMember: true,
  tells: false,
  ends: ['role-add', 'role-remove'],
  endsSame: ['role'],
  undoneBy: 'role-add',
  undo: giveBack,
  lasts: false,
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  refuseTo: ({ role }, actor, context) => whyNotTheirs(actor, { id: role }, context),
  async act(doing) {
    const { one, data, context, reason, signal } = doing;
    const had = await keepHad(doing);
    // Of many at once it is taken back from those alone to whom it was done.
    if (one.source === 'mass' && !had) throw new Refused(t('moderation.already.lacksRole'));
    await context.discord.rest.delete(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
});
