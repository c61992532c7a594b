import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { banOf } from '../bans.ts';

/** Lifts a ban. */
export default defineAction({
  data: Type.Object({}),
  tells: false,
  ends: ['ban'],
  async refuse({ guild, target }, context, signal) {
    return (await banOf(guild, target, context, signal)) ? undefined : t('moderation.already.notBanned');
  },
  isDone: async ({ one, context, signal }) => (await banOf(one.guild, one.target, context, signal)) === undefined,
  async act({ one, context, reason, signal }) {
    await context.discord.rest.delete(Routes.guildBan(one.guild, one.target), { reason, signal });
    context.banNames.forget(one.guild);
  },
});
