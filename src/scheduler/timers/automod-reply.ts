import { Type } from '@sinclair/typebox';
import { RESTJSONErrorCodes as Code, DiscordAPIError, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { freshenReply, placeReply, type Reply } from '../../db/automod-replies.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { replyCard, replyEnd } from '../../services/automod/reply.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Answers a message as a rule wants it, or brings that answer up to date when the message has been changed. */
export default defineTimer({
  payload: Type.Object({ message: Type.String(), rule: Type.String() }),
  missed: 'skip',
  lateAfterMs: 10 * 60_000,
  deadlineMs: 30_000,
  async deliver({ payload, send }, context, signal) {
    const reply = await freshenReply(context.db, payload);
    // What was changed before it was answered needs no answer.
    if (!reply || (reply.reply === null && reply.calm)) return { kind: 'done' };
    const body = await bodyOf(reply, context);
    try {
      if (reply.reply !== null) {
        await edit(reply.channel, reply.reply, body, context, signal);
        return { kind: 'done' };
      }
      const { id } = await send(reply.channel, { body });
      return {
        kind: 'done',
        also: async (within) => {
          await placeReply(within.tx, reply, id);
          if (reply.deleteAfter !== null) await context.timers.addWithin(within, replyEnd(reply, context.now()));
        },
      };
    } catch (error) {
      if (channelRefusal(error) === undefined && !(error instanceof UnsureSentError)) throw error;
      const { guild, channel } = reply;
      await context.refusals.report({ guild, channel, permission: 'SendMessages', what: 'automod.refused.reply' });
      return { kind: 'done' };
    }
  },
});

async function bodyOf(reply: Reply, { settings, i18n }: Context): Promise<object> {
  const { language: locale } = await settings.of(reply.guild, 'general');
  const { message, author, deleted } = reply;
  const { body } = toPayload(replyCard(reply), { i18n, locale });
  // Whoever wrote it is meant to see it; nobody else is pinged.
  const mentions = { parse: [], users: deleted ? [author] : [], replied_user: !deleted };
  const reference = deleted ? {} : { message_reference: { message_id: message, fail_if_not_exists: false } };
  return { ...body, ...reference, allowed_mentions: mentions };
}

async function edit(channel: string, id: string, body: object, { discord }: Context, signal: AbortSignal) {
  try {
    await discord.rest.patch(Routes.channelMessage(channel, id), { body, signal });
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === Code.UnknownMessage)) throw error;
  }
}
