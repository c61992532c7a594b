import type { Static } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { lastingCase } from '../../../db/cases.ts';
import { mention, t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { hasRole, whyNotTheirs } from '../member-roles.ts';
import { Refused } from '../refusal.ts';
import { keepHad, RoleData, takeAgain } from '../role-undo.ts';

/** Gives a member a role, for good or for a time. */
export default defineAction({
  data: RoleData,
  ofMember: true,
  tells: false,
  ends: ['role-add', 'role-remove'],
  endsSame: ['role'],
  undoneBy: 'role-remove',
  undo: takeAgain,
  about: ({ role }) => t('moderation.role.which', { role: mention('role', role) }),
  refuseTo: ({ role }, actor, context) => whyNotTheirs(actor, { id: role }, context),
  async act(doing) {
    const { one, data, context, reason, signal } = doing;
    const had = await keepHad(doing);
    // Of many at once it is taken back from those alone to whom it was done.
    if (one.source === 'mass' && had) throw new Refused(t('moderation.already.hasRole'));
    if (one.until && had && !(await isForTime(doing))) throw new Refused(t('moderation.already.hasRole'));
    await context.discord.rest.put(Routes.guildMemberRole(one.guild, one.target, data.role), { reason, signal });
  },
  isGone: async ({ one, data, context }) => !(await hasRole(one, data.role, context)),
  endsAt: ({ until }) => until ?? undefined,
  async atEnd({ one, data, context }) {
    if (!(await hasRole(one, data.role, context))) return undefined; // they are away, or somebody has taken it
    return await orderAtEnd(one, { type: 'role-remove', data: { role: data.role } }, context);
  },
});

/** Whether they have it for a time only: who was given it for good while this waited would lose it at the end. */
async function isForTime({ one, data: { role, instead }, context }: Doing<Static<typeof RoleData>>): Promise<boolean> {
  const lasting = await lastingCase(context.db, { ...one, same: { role } }, context.now());
  return lasting !== undefined && (lasting.until !== null || lasting.number === instead);
}
