import { Type } from '@sinclair/typebox';
import { AuditLogEvent, Routes } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { wasDone } from '../audit-log.ts';
import { banOf } from '../bans.ts';

/** Lifts a ban. */
export default defineAction({
  data: Type.Object({}),
  tells: false,
  ends: ['ban'],
  async refuse({ guild, target }, context, signal) {
    return (await banOf(guild, target, context, signal)) ? undefined : t('moderation.already.notBanned');
  },
  async isDone(doing) {
    const { one, context, signal } = doing;
    if (await banOf(one.guild, one.target, context, signal)) return false;
    // Where that cannot be known, that there is no ban any more is as good as having lifted it.
    return (await wasDone(one, AuditLogEvent.MemberBanRemove, doing)) !== 'no';
  },
  async act({ one, context, reason, signal }) {
    await context.discord.rest.delete(Routes.guildBan(one.guild, one.target), { reason, signal });
    context.banNames.forget(one.guild);
  },
});
