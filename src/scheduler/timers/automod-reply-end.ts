import { Type } from '@sinclair/typebox';
import { deleteReply, findReply } from '../../db/automod-replies.ts';
import { defineTimer } from '../timer.ts';

/** Takes an answer down again whose time is over. */
export default defineTimer({
  payload: Type.Object({ message: Type.String(), rule: Type.String() }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload }, { db, deletions, i18n, settings }) {
    const reply = await findReply(db, payload);
    if (reply?.reply) {
      const { language } = await settings.of(reply.guild, 'general');
      const why = i18n.t('automod.replyOver', {}, language);
      await deletions.remove({ channel: reply.channel, id: reply.reply, why });
    }
    return { kind: 'done', also: ({ tx }) => deleteReply(tx, payload) };
  },
});
