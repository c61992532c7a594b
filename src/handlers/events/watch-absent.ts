import { DiscordAPIError, Events, type Message, PermissionFlagsBits, Routes } from 'discord.js';
import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import type { Absent } from '../../services/afk/afk-list.ts';
import { afkNotice, welcomeBack } from '../../services/afk/messages.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { toPayload } from '../../services/answers/payload.ts';
import { hash } from '../../services/timers/send-once.ts';
import { defineEvent } from '../define.ts';

type Absence = NonNullable<ReturnType<Absent['get']>>;

/** People a notice names at most. */
const MOST_NAMED = 10;

/** Ends the absence of whoever writes, and tells whoever mentions somebody who is away. */
export default defineEvent({
  on: Events.MessageCreate,
  concerns: ({ afk }, { guild_id: guild = '', author }) =>
    !author.bot && (afk.peek(guild)?.size !== 0 || afk.settled({ guild, user: author.id }) !== undefined),
  run(context, message) {
    if (!message.inGuild() || message.author.bot || message.webhookId !== null || message.system) return undefined;
    const { afk } = context;
    const author = { guild: message.guildId, user: message.author.id };
    const setting = afk.settled(author);
    if (!setting && afk.peek(author.guild)?.size === 0) return undefined; // most of the time
    return watch(message, author, setting, context);
  },
});

async function watch(
  message: Message<true>,
  author: { readonly guild: string; readonly user: string },
  setting: Promise<unknown> | undefined,
  context: Context,
): Promise<void> {
  const { afk, log } = context;
  try {
    if (setting) await setting;
    const absent = afk.peek(author.guild) ?? (await afk.of(author.guild));
    if (absent.size === 0) return;
    const back = absent.has(author.user) ? await afk.clear(author, message.createdAt) : undefined;
    if (back) await reply(message, 'welcome', welcomeBack(author.guild, back), context);
    const mentioned = mentionedIn(message).filter((id) => isAway(absent.get(id), message.createdAt, context.now()));
    if (mentioned.length > 0) await tell(message, mentioned, context);
  } catch (error) {
    if (!databaseError(error)) throw error;
    log.debug({ error, guild: author.guild }, 'who is away is not known: the database is away');
  }
}

/** Those named in it, and the one it replies to, also where the reply does not notify them. */
function mentionedIn({ mentions, author }: Message): readonly string[] {
  const { users, repliedUser } = mentions;
  const all = new Set([...users.keys(), ...(repliedUser ? [repliedUser.id] : [])]);
  all.delete(author.id);
  return [...all];
}

/** Since before it was written, and until later than now. */
function isAway(absence: Absence | undefined, written: Date, now: Date): boolean {
  return absence !== undefined && absence.since <= written && (absence.until === null || absence.until > now);
}

async function tell(message: Message<true>, users: readonly string[], context: Context): Promise<void> {
  const { afk, afkNotices, now } = context;
  const { guildId: guild, channelId: channel, id, createdAt: at } = message;
  afk.count({ guild, users, link: `${channel}/${id}` });
  const ms = now().getTime();
  const unsaid = users.filter((user) => !afkNotices.quiet(user, channel, ms));
  if (unsaid.length === 0) return;
  const away = await afk.absentOf({ guild, users: unsaid, at });
  const due = away.slice(0, MOST_NAMED).filter(({ user }) => afkNotices.due(user, channel, ms));
  if (due.length > 0) await reply(message, 'notice', afkNotice(due), context);
}

/** Where the bot may not write nothing is said, and where it may not read what was written it replies to nothing. Nobody is notified. */
async function reply(
  message: Message<true>,
  what: 'notice' | 'welcome',
  answer: Answer,
  context: Context,
): Promise<void> {
  const { discord, i18n, log, settings } = context;
  const { channel, channelId, guild, guildId, id } = message;
  const write = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  const may = guild.members.me && channel.permissionsFor(guild.members.me);
  if (may?.has([PermissionFlagsBits.ViewChannel, write]) === false) return;
  const reads = may?.has(PermissionFlagsBits.ReadMessageHistory) !== false;
  const { language } = await settings.of(guildId, 'general');
  const { body } = toPayload(answer, { i18n, locale: language });
  const reference = reads && { message_reference: { message_id: id, fail_if_not_exists: false } };
  const once = { nonce: hash(`${what} ${id}`, 24), enforce_nonce: true }; // however often it is sent
  const silent = { ...body.allowed_mentions, replied_user: false };
  try {
    await discord.rest.post(Routes.channelMessages(channelId), {
      body: { ...body, ...reference, ...once, allowed_mentions: silent },
    });
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    log.info({ error, channel: channelId }, 'a word about somebody who is away could not be said');
  }
}
