import {
  type APIGuildChannel,
  type APIRole,
  ChannelType,
  type Guild,
  OverwriteType,
  PermissionFlagsBits as P,
  Routes,
} from 'discord.js';
import type { Context } from '../../context.ts';
import type { Overwrite } from './overwrite-changes.ts';
import { refusalOf } from './refusal.ts';

/** Channels that are closed at the same time. */
const AT_ONCE = 5;
const TALK = P.ViewChannel | P.SendMessages | P.ReadMessageHistory;
const ROLE = 'Jailed';
const CHANNEL = 'jail';

interface Closing {
  readonly guild: string;
  readonly role: string;
  readonly reason: string;
}

/** What was set up, and the channels that Discord did not let the bot close. */
export interface JailPlace {
  readonly role: string;
  readonly channel: string;
  readonly missed: readonly string[];
}

/**
 * Makes the role and the channel of a jail, or takes those that an earlier try has made, and closes all other channels to
 * the role. Rejects as Discord does.
 */
export async function setUpJail(guild: Guild, reason: string, context: Context): Promise<JailPlace> {
  const { rest } = context.discord;
  // What Discord answers to these.
  const roles = (await rest.get(Routes.guildRoles(guild.id))) as APIRole[];
  const made = roles.find(({ name, permissions }) => name === ROLE && permissions === '0');
  const { id: role } =
    made ??
    ((await rest.post(Routes.guildRoles(guild.id), { body: { name: ROLE, permissions: '0' }, reason })) as APIRole);
  const channels = (await rest.get(Routes.guildChannels(guild.id))) as APIGuildChannel[];
  const own = channels.find(
    ({ name, permission_overwrites: all }) => name === CHANNEL && all?.some(({ id }) => id === role),
  );
  const channel = own?.id ?? (await makeChannel(guild, role, reason, context));
  const others = channels.filter(({ id }) => id !== channel);
  const closed = others.map(({ id, permission_overwrites: overwrites = [] }) => ({ id, overwrites }));
  return { role, channel, missed: await closeTo({ guild: guild.id, role, reason }, closed, context) };
}

async function makeChannel(guild: Guild, role: string, reason: string, { discord }: Context): Promise<string> {
  const { rest, user } = discord;
  const overwrites = [
    { id: guild.id, type: OverwriteType.Role, allow: '0', deny: String(P.ViewChannel) },
    { id: role, type: OverwriteType.Role, allow: String(TALK), deny: String(P.CreatePublicThreads) },
    { id: user?.id ?? '', type: OverwriteType.Member, allow: String(TALK), deny: '0' },
    ...guild.roles.cache
      .filter(({ id, permissions }) => id !== guild.id && permissions.has(P.ModerateMembers))
      .map(({ id }) => ({ id, type: OverwriteType.Role, allow: String(TALK), deny: '0' })),
  ];
  const body = { name: CHANNEL, type: ChannelType.GuildText, permission_overwrites: overwrites };
  const { id } = (await rest.post(Routes.guildChannels(guild.id), { body, reason })) as APIGuildChannel; // what Discord answers to this
  return id;
}

/** Closes channels to a role where they are not yet. Says which Discord does not let the bot close. */
export async function closeTo(
  { role, reason }: Closing,
  channels: readonly { readonly id: string; readonly overwrites: readonly Overwrite[] }[],
  { discord, log }: Context,
): Promise<readonly string[]> {
  const open = channels.filter(({ overwrites }) => {
    return (BigInt(overwrites.find(({ id }) => id === role)?.deny ?? 0) & P.ViewChannel) === 0n;
  });
  const missed: string[] = [];
  const body = { type: OverwriteType.Role, allow: '0', deny: String(P.ViewChannel) };
  for (let at = 0; at < open.length; at += AT_ONCE) {
    const closing = open.slice(at, at + AT_ONCE).map(async ({ id }) => {
      try {
        await discord.rest.put(Routes.channelPermission(id, role), { body, reason });
      } catch (error) {
        if (refusalOf(error) === undefined) throw error;
        log.info({ channel: id, error }, 'a channel could not be closed to those in jail');
        missed.push(id);
      }
    });
    await Promise.all(closing);
  }
  return missed;
}
