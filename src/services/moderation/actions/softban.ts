import { Type } from '@sinclair/typebox';
import { AuditLogEvent, RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { wasDone } from '../audit-log.ts';
import { isOfCase } from '../audit-reason.ts';
import { banOf } from '../bans.ts';
import { Refused, refusalOf } from '../refusal.ts';

const DAY_SECONDS = 86_400;

/** Removes a person and their latest messages: a ban that is lifted at once. */
export default defineAction({
  data: Type.Object({ deleteDays: Type.Integer({ minimum: 1, maximum: 7 }) }),
  removes: true,
  leaves: t('moderation.refused.banMayStand'),
  async refuse({ guild, target }, context, signal) {
    return (await banOf(guild, target, context, signal)) ? t('moderation.already.banned') : undefined;
  },
  async isDone(doing) {
    const { one, context, signal } = doing;
    if (await banOf(one.guild, one.target, context, signal)) return false;
    // Not banned: not yet, or not any more.
    return (await wasDone(one, AuditLogEvent.MemberBanAdd, doing)) === 'yes';
  },
  async act({ one, data, context, reason, signal }) {
    const route = Routes.guildBan(one.guild, one.target);
    const ban = await banOf(one.guild, one.target, context, signal);
    // Somebody else's ban stays.
    if (ban && !isOfCase(ban.reason, one.number)) throw new Refused(t('moderation.already.banned'));
    const body = { delete_message_seconds: data.deleteDays * DAY_SECONDS };
    if (!ban) await context.discord.rest.put(route, { body, reason, signal });
    await context.discord.rest.delete(route, { reason, signal }).catch((error: unknown) => {
      if (error instanceof DiscordAPIError && error.code === Code.UnknownBan) return;
      const why = refusalOf(error);
      throw why ? new Refused(t('moderation.refused.banStands', { why })) : error;
    });
  },
});
