import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { lastingCase } from '../../../db/cases.ts';
import { t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { orderAtEnd } from '../at-end.ts';
import { isOfCase } from '../audit-reason.ts';
import { banOf } from '../bans.ts';
import { backToEarlier } from '../earlier-time.ts';
import { Refused } from '../refusal.ts';

const DAY_SECONDS = 86_400;

/** Bans a person, who need not be a member, for ever or for a time. */
export default defineAction({
  data: Type.Object({ deleteDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })) }),
  removes: true,
  ends: ['ban', 'jail', 'timeout'],
  undoneBy: 'unban',
  undo: (doing) => backToEarlier(doing, 'unban'),
  async refuse({ guild, target, until }, context, signal) {
    if (!(await banOf(guild, target, context, signal))) return undefined;
    const lasting = await lastingCase(context.db, { guild, target, type: 'ban' }, context.now());
    // Who is banned already can be so for another time; for ever is not said twice.
    if (until !== null || (lasting && lasting.until !== null)) return undefined;
    return lasting ? t('moderation.already.bannedBy', { number: lasting.number }) : t('moderation.already.banned');
  },
  async isDone({ one, context, signal }) {
    const ban = await banOf(one.guild, one.target, context, signal);
    if (!ban) return false;
    // One that counts as lasting may have been lifted without us: this very case is done all the same.
    if (!isOfCase(ban.reason, one.number)) await refuseIfRaced(one, context, signal);
    return true;
  },
  async act({ one, data, context, reason, signal }) {
    await refuseIfRaced(one, context, signal);
    const body = { delete_message_seconds: (data.deleteDays ?? 0) * DAY_SECONDS };
    await context.discord.rest.put(Routes.guildBan(one.guild, one.target), { body, reason, signal });
    context.banNames.forget(one.guild);
  },
  isGone: async ({ one, context, signal }) => (await banOf(one.guild, one.target, context, signal)) === undefined,
  endsAt: ({ until }) => until ?? undefined,
  atEnd: ({ one, context }) => orderAtEnd(one, { type: 'unban' }, context),
});

/** Two who ban the same person at the same moment, for the same time, have done so once. */
async function refuseIfRaced(one: Doing['one'], context: Doing['context'], signal: AbortSignal): Promise<void> {
  const lasting = await lastingCase(context.db, { ...one, type: 'ban' }, context.now());
  if (!lasting || lasting.number > one.number || lasting.until?.getTime() !== one.until?.getTime()) return;
  // Somebody may have lifted it without us.
  if (!(await banOf(one.guild, one.target, context, signal))) return;
  throw new Refused(t('moderation.already.bannedBy', { number: lasting.number }));
}
