import { Type } from '@sinclair/typebox';
import { memberNow, serverOf } from '../../services/moderation/members.ts';
import { rankOfPermissions } from '../../services/permissions/ranks.ts';
import { kickOrder } from '../../services/verification/verify.ts';
import { defineTimer } from '../timer.ts';

/** Whoever joined that much later has left and come back: another timer is theirs. */
const SAME_MS = 60_000;

/** Has whoever has not shown by then that they are a person be kicked, where the server still wants that. */
export default defineTimer({
  payload: Type.Object({ joined: Type.Integer() }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', owner, payload }, context) {
    const { role, channel, kickAfterHours } = await context.settings.of(guild, 'verification');
    if (role === undefined || channel === undefined || kickAfterHours === 0) return { kind: 'done' };
    const server = await serverOf(guild, context);
    if (!server.roles.cache.has(role)) return { kind: 'done' }; // nobody could pass
    const member = await memberNow(server, owner);
    if (!member || member.roles.cache.has(role) || rankOfPermissions(member.permissions) > 0) return { kind: 'done' };
    if ((member.joinedTimestamp ?? 0) > payload.joined + SAME_MS) return { kind: 'done' };
    const order = await kickOrder(member, 'verification.kickLate', context);
    return {
      kind: 'done',
      also: async (within) => {
        await context.moderation.order(order, within);
      },
    };
  },
});
