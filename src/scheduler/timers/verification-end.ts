import { Type } from '@sinclair/typebox';
import { kickDue } from '../../services/joining/orders.ts';
import { memberNow, serverOf } from '../../services/moderation/members.ts';
import { isOverdue } from '../../services/verification/overdue.ts';
import { kickOrder } from '../../services/verification/verify.ts';
import { defineTimer } from '../timer.ts';

/** Has whoever has not shown by then that they are a person be kicked, where the server still wants that. */
export default defineTimer({
  payload: Type.Object({ joined: Type.Integer() }),
  missed: 'late',
  lateAfterMs: 600_000,
  deadlineMs: 30_000,
  async deliver({ guild = '', owner, payload, late }, context) {
    const member = await memberNow(await serverOf(guild, context), owner);
    const held = await context.settings.of(guild, 'verification');
    if (!member || !(await isOverdue(member, held, new Date(payload.joined), context))) return { kind: 'done' };
    if (late) {
      // While the bot was away nobody could pass: the time begins anew.
      const due = kickDue(context.now(), held.kickAfterHours);
      const again = { kind: 'verification-end', owner, guild, payload, due, zone: 'UTC' } as const;
      return { kind: 'done', also: async (within) => void (await context.timers.addWithin(within, again)) };
    }
    const order = await kickOrder(member, 'verification.kickLate', context);
    return { kind: 'done', also: async (within) => void (await context.moderation.order(order, within)) };
  },
});
