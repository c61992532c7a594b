import type { Guild, GuildMember } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { delay } from '../../lib/deadline.ts';
import { BusyError } from '../../lib/errors.ts';
import type { Edit } from './edits.ts';
import type { Payload } from './payload.ts';

/** So many people are looked up at a time. */
const MEMBERS_AT_ONCE = 100;
/** Until the gateway takes the next question. Milliseconds. */
const BUSY_PAUSE_MS = 2_000;

/** Messages as REST tells of them, with the membership of those who wrote them, as the gateway would have told; those who have left have none. */
export async function withMembers(
  guild: Guild,
  messages: readonly APIMessage[],
  { gateway }: Pick<Context, 'gateway'>,
  signal: AbortSignal,
): Promise<readonly Payload[]> {
  const people = messages.filter(({ author, webhook_id }) => !author.bot && webhook_id === undefined);
  const ids = [...new Set(people.map(({ author }) => author.id))];
  const members = new Map<string, GuildMember>();
  for (let at = 0; at < ids.length; ) {
    try {
      const found = await gateway.members.membersAmong(guild, ids.slice(at, at + MEMBERS_AT_ONCE));
      for (const member of found) members.set(member.id, member);
      at += MEMBERS_AT_ONCE;
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      await delay(BUSY_PAUSE_MS, { signal });
    }
    signal.throwIfAborted();
  }
  return messages.map((message) => {
    const member = members.get(message.author.id);
    return { ...message, guild_id: guild.id, ...(member && { member: membershipOf(member) }) };
  });
}

function membershipOf({ guild, roles, joinedAt, flags }: GuildMember): NonNullable<Payload['member']> {
  const held = [...roles.cache.keys()].filter((id) => id !== guild.id);
  return { roles: held, joined_at: joinedAt?.toISOString() ?? null, deaf: false, mute: false, flags: flags.bitfield };
}

/** The whole message of which Discord has told only what was changed; nothing where the bot is not in its server any more. */
export async function wholeOf(
  { id, channel_id, guild_id }: Edit,
  context: Pick<Context, 'discord' | 'gateway'>,
  signal: AbortSignal,
): Promise<Payload | undefined> {
  const guild = context.discord.guilds.cache.get(guild_id ?? '');
  if (!guild) return undefined;
  const message = await context.discord.rest.get(Routes.channelMessage(channel_id, id), { signal });
  const [whole] = await withMembers(guild, [message as APIMessage], context, signal); // Discord's own answer
  return whole;
}
