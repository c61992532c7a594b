import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import type { TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

/** A command of moderation as somebody gives it, whether Discord would show it to them or not, and all they read. */
export async function order(
  { discord }: TestBot,
  name: string,
  options: OptionValues,
  as = 'moderator',
): Promise<string> {
  const reply = await discord.slash(name, options, { as, unchecked: true });
  return saidIn(reply);
}

/** The cases of the server, by number. */
export async function casesOf({ db, discord }: TestBot) {
  return await db`
    select number, type, target_id::text as target, actor_id::text as actor, reason, state, told, source, until,
      void_reason as "voidReason", points, evidence, ended_at as "endedAt", log_message::text as log
    from cases where guild_id = ${discord.guildId} order by number`;
}

/** What the server's audit log says of the bot's doings. */
export function auditOf({ discord }: TestBot) {
  const entries = discord.state.guilds.get(discord.guildId)?.audit ?? [];
  return entries.filter(({ user_id }) => user_id === discord.state.bot.id);
}

export function bannedIn({ discord }: TestBot): readonly string[] {
  return [...(discord.state.guilds.get(discord.guildId)?.bans.keys() ?? [])];
}

/** All that stands in messages to a channel by the bot, oldest first, as one text each. */
function textsIn({ discord }: TestBot, channel: string): readonly string[] {
  return discord.state.messages
    .list(channel, { limit: 1_000 })
    .filter(({ author }) => author.id === discord.state.bot.id)
    .map((message) => JSON.stringify(message.components))
    .reverse();
}

/** What the bot has written to a person. */
export function lettersTo(bot: TestBot, person: string): readonly string[] {
  const { state, people } = bot.discord;
  const id = people[person] ?? person;
  const dm = [...state.channels.values()].find((channel) => channel.recipients?.some((one) => one.id === id));
  return dm ? textsIn(bot, dm.id) : [];
}

/** Has the log of cases be written in the moderators' channel. */
export async function withLog(bot: TestBot): Promise<() => readonly string[]> {
  const channel = bot.discord.channels['mod-log'];
  await bot.set('logs', { logChannel: channel });
  return () => textsIn(bot, channel);
}
