import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';
import { t } from '../../services/answers/words.ts';
import { PostPayload, postBody } from '../../services/schedule/post.ts';
import { defineTimer } from '../timer.ts';

type Refusal = 'channelGone' | 'channelClosed';

/** What Discord says when the channel will not take the post, whoever asks again. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  [Code.UnknownChannel]: 'channelGone',
  [Code.UnknownGuild]: 'channelGone',
  [Code.MissingAccess]: 'channelClosed',
  [Code.MissingPermissions]: 'channelClosed',
  [Code.CannotSendMessagesInNonTextChannel]: 'channelClosed',
  [Code.ThreadLocked]: 'channelClosed',
};

/** Posts what a moderator has written, once or again and again. */
export default defineTimer({
  payload: PostPayload,
  missed: 'collapse',
  deadlineMs: 30_000,
  async deliver({ channel, payload, send }) {
    if (channel === undefined) return { kind: 'failed', why: t('schedule.refused.channelGone') };
    try {
      await send(channel, { body: postBody(payload) });
      return { kind: 'done' };
    } catch (error) {
      const refusal = error instanceof DiscordAPIError ? REFUSALS[Number(error.code)] : undefined;
      if (refusal === undefined) throw error;
      return { kind: 'failed', why: t(`schedule.refused.${refusal}`) };
    }
  },
});
