import { Type } from '@sinclair/typebox';
import { Routes } from 'discord.js';
import { t } from '../../answers/words.ts';
import { type Doing, defineAction } from '../action.ts';
import { memberNow, serverOf } from '../members.ts';
import { Refused } from '../refusal.ts';

const Name = Type.Union([Type.String({ maxLength: 32 }), Type.Null()]);

/** Gives a member another nickname, or takes it away. */
export default defineAction({
  data: Type.Object({
    nick: Name,
    before: Type.Optional(Name),
    /** What they have to be called still, for it to be taken back. */
    instead: Type.Optional(Name),
  }),
  ofMember: true,
  tells: false,
  ends: ['nick'],
  undoneBy: 'nick',
  lasts: false,
  async undo(doing) {
    const { nick, before = null } = doing.data;
    await refuseIfRenamed(doing, nick);
    return { type: 'nick', data: { nick: before, instead: nick } };
  },
  about: ({ nick, before }) =>
    t(nick === null ? 'moderation.nick.reset' : 'moderation.nick.set', {
      nick: nick ?? '',
      before: before ?? t('moderation.nick.none'),
    }),
  async act(doing) {
    const { one, data, context, reason, signal, keep } = doing;
    const { nick, instead } = data;
    if (data.before === undefined) {
      if (instead !== undefined) await refuseIfRenamed(doing, instead);
      await keep({ nick, before: (await nickOf(doing)) ?? null });
    }
    await context.discord.rest.patch(Routes.guildMember(one.guild, one.target), { body: { nick }, reason, signal });
  },
});

type Here = Pick<Doing, 'one' | 'context'>;

/** The nickname they have at this moment; null for none, nothing where they are not here. */
async function nickOf({ one, context }: Here): Promise<string | null | undefined> {
  const member = await memberNow(await serverOf(one.guild, context), one.target);
  return member?.nickname;
}

/** What somebody has changed since stays. */
async function refuseIfRenamed(here: Here, expected: string | null): Promise<void> {
  const nick = await nickOf(here);
  if (nick === undefined) throw new Refused(t('moderation.refused.left'));
  if (nick !== expected) throw new Refused(t('cases.undo.renamed', { nick: nick ?? t('moderation.nick.none') }));
}
