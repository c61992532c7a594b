import { Type } from '@sinclair/typebox';
import { AuditLogEvent, Routes } from 'discord.js';
import { defineAction } from '../action.ts';
import { wasDone } from '../audit-log.ts';
import { memberNow, serverOf } from '../members.ts';

/**
 * Removes a member, who can come back. Whether that was done is not to be seen by the member being away or here again, so
 * the audit log decides; without it, that they are gone or have come anew since is as good.
 */
export default defineAction({
  data: Type.Object({}),
  ofMember: true,
  removes: true,
  async isDone(doing) {
    const { one, context, triedAt } = doing;
    const done = await wasDone(one, AuditLogEvent.MemberKick, doing);
    if (done !== 'unknown') return done === 'yes';
    const member = await memberNow(await serverOf(one.guild, context), one.target);
    return !member || (triedAt !== undefined && (member.joinedTimestamp ?? 0) > triedAt.getTime());
  },
  async act({ one, context, reason, signal }) {
    await context.discord.rest.delete(Routes.guildMember(one.guild, one.target), { reason, signal });
  },
});
