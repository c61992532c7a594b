import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { t } from '../../answers/words.ts';
import { defineAction } from '../action.ts';
import { memberNow, serverOf } from '../members.ts';

const Name = Type.Union([Type.String({ maxLength: 32 }), Type.Null()]);

/** Gives a member another nickname, or takes it away. */
export default defineAction({
  data: Type.Object({ nick: Name, before: Type.Optional(Name) }),
  ofMember: true,
  tells: false,
  ends: ['nick'],
  about: ({ nick, before }) =>
    t(nick === null ? 'moderation.nick.reset' : 'moderation.nick.set', {
      nick: nick ?? '',
      before: before ?? t('moderation.nick.none'),
    }),
  async act({ one, data, context, reason, signal, keep }) {
    const { nick } = data;
    if (data.before === undefined) {
      const member = await memberNow(await serverOf(one.guild, context), one.target);
      await keep({ nick, before: member?.nickname ?? null });
    }
    await context.discord.rest.patch(Routes.guildMember(one.guild, one.target), { body: { nick }, reason, signal });
  },
});
