import { DiscordAPIError, Events, type Message, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { afkNotice, welcomeBack } from '../../services/afk/messages.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { defineEvent } from '../define.ts';

/** People a notice names at most. */
const MOST_NAMED = 10;

/** Ends the absence of whoever writes, and tells whoever mentions somebody who is away. */
export default defineEvent({
  on: Events.MessageCreate,
  async run(context, message) {
    if (!message.inGuild() || message.author.bot || message.webhookId !== null || message.system) return;
    const { afk, log } = context;
    const author = { guild: message.guildId, user: message.author.id };
    try {
      const setting = afk.settled(author);
      if (setting) await setting;
      const absent = afk.peek(author.guild) ?? (await afk.of(author.guild));
      if (absent.size === 0) return;
      const back = absent.has(author.user) ? await afk.clear(author, message.createdAt) : undefined;
      if (back) await reply(message, welcomeBack(author.guild, back), context);
      const mentioned = mentionedIn(message).filter((id) => absent.has(id));
      if (mentioned.length > 0) await tell(message, mentioned, context);
    } catch (error) {
      if (!databaseError(error)) throw error;
      log.debug({ error, guild: author.guild }, 'who is away is not known: the database is away');
    }
  },
});

/** Those named in it, and the one it replies to, also where the reply does not notify them. */
function mentionedIn({ mentions, author }: Message): readonly string[] {
  const { users, repliedUser } = mentions;
  const all = new Set([...users.keys(), ...(repliedUser ? [repliedUser.id] : [])]);
  all.delete(author.id);
  return [...all];
}

async function tell(message: Message<true>, users: readonly string[], context: Context): Promise<void> {
  const { afk, afkNotices, now } = context;
  const { guildId: guild, channelId: channel, id, createdAt: at } = message;
  const away = await afk.mentioned({ guild, users, link: `${channel}/${id}`, at });
  const due = away.slice(0, MOST_NAMED).filter(({ user }) => afkNotices.due(user, channel, now().getTime()));
  if (due.length > 0) await reply(message, afkNotice(due), context);
}

/** Where the bot may not write nothing is said, and where it may not read what was written it replies to nothing. Nobody is notified. */
async function reply(message: Message<true>, answer: Answer, context: Context): Promise<void> {
  const { discord, i18n, log, settings } = context;
  const { channel, channelId, guild, guildId, id } = message;
  const write = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  const may = guild.members.me && channel.permissionsFor(guild.members.me);
  if (may?.has([PermissionFlagsBits.ViewChannel, write]) === false) return;
  const reads = may?.has(PermissionFlagsBits.ReadMessageHistory) !== false;
  const { language } = await settings.of(guildId, 'general');
  const { body } = toPayload(answer, { i18n, locale: language });
  const reference = reads && { message_reference: { message_id: id, fail_if_not_exists: false } };
  const silent = { ...body.allowed_mentions, replied_user: false };
  try {
    await discord.rest.post(Routes.channelMessages(channelId), {
      body: { ...body, ...reference, allowed_mentions: silent },
    });
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    log.info({ error, channel: channelId }, 'a word about somebody who is away could not be said');
  }
}
