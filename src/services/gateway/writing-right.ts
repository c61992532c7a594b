import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  ChannelType,
  DiscordAPIError,
  type Guild,
  PermissionFlagsBits as P,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Context } from '../../context.ts';

/** Why somebody may not write in a channel of a server: they are gone, in timeout, or not let into it. */
export type Silence = 'personLeft' | 'inTimeout' | 'shutOut';

interface Where {
  readonly person: string;
  readonly guild: string;
  readonly channel: string;
}

interface Standing {
  readonly timeoutUntil: number;
  /** In the channel. */
  readonly held: bigint;
  readonly channel: ChannelType;
}

type Needs = Pick<Context, 'discord' | 'gateway' | 'now'>;

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
const EVERYTHING = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** Why they may not write there now; undefined when they may. Rejects with Discord's answer when it knows none of the three. */
export async function whyNotWrite(where: Where, context: Needs, signal: AbortSignal): Promise<Silence | undefined> {
  const here = context.discord.guilds.cache.get(where.guild);
  if (here && !(await context.gateway.members.isIn(here, where.person))) return 'personLeft';
  const standing = here ? await standingIn(here, where) : await standingAsked(where, context, signal);
  if (standing.timeoutUntil > context.now().getTime()) return 'inTimeout';
  const write = THREADS.includes(standing.channel) ? P.SendMessagesInThreads : P.SendMessages;
  if (!has(standing.held, P.ViewChannel | write)) return 'shutOut';
  const closed = standing.channel === ChannelType.PrivateThread && !has(standing.held, P.ManageThreads);
  return closed && !(await isInThread(where, context, signal)) ? 'shutOut' : undefined;
}

async function standingIn(guild: Guild, { person, channel }: Where): Promise<Standing> {
  // Just asked about, so what is known is not old.
  const member = guild.members.cache.get(person) ?? (await guild.members.fetch({ user: person, force: true }));
  const place = guild.channels.cache.get(channel) ?? (await guild.channels.fetch(channel));
  return {
    timeoutUntil: member.communicationDisabledUntilTimestamp ?? 0,
    held: place?.permissionsFor(member).bitfield ?? 0n,
    channel: place?.type ?? ChannelType.GuildText,
  };
}

/** Another process has this server. */
async function standingAsked(
  { person, guild, channel }: Where,
  { discord: { rest } }: Needs,
  signal: AbortSignal,
): Promise<Standing> {
  const answers = await Promise.all(
    [Routes.guild(guild), Routes.guildMember(guild, person), Routes.channel(channel)].map((route) =>
      rest.get(route, { signal }),
    ),
  );
  const [server, member, place] = answers as [APIGuild, APIGuildMember, APIChannel]; // what Discord answers to these
  const parent = THREADS.includes(place.type) && 'parent_id' in place ? place.parent_id : undefined;
  const ruling = parent ? ((await rest.get(Routes.channel(parent), { signal })) as APIChannel) : place; // as above
  const overwrites = ('permission_overwrites' in ruling && ruling.permission_overwrites) || [];
  return {
    timeoutUntil: Date.parse(member.communication_disabled_until ?? '') || 0,
    held: heldBy(member, server, overwrites),
    channel: place.type,
  };
}

/** What discord.js works out for servers it has: roles first, then what the channel says of everybody, of roles, of the person. */
function heldBy(member: APIGuildMember, server: APIGuild, overwrites: readonly APIOverwrite[]): bigint {
  const { id } = member.user;
  const roles = server.roles.filter((role) => role.id === server.id || member.roles.includes(role.id));
  const base = union(roles.map(({ permissions }) => permissions));
  if (server.owner_id === id || has(base, P.Administrator)) return EVERYTHING;
  return [[server.id], member.roles, [id]].reduce((held, ids) => {
    const these = overwrites.filter((one) => ids.includes(one.id));
    return (held & ~union(these.map(({ deny }) => deny))) | union(these.map(({ allow }) => allow));
  }, base);
}

async function isInThread({ channel, person }: Where, { discord }: Needs, signal: AbortSignal): Promise<boolean> {
  try {
    await discord.rest.get(Routes.threadMembers(channel, person), { signal });
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return false;
    throw error;
  }
}

function union(bits: readonly string[]): bigint {
  return bits.reduce((all, one) => all | BigInt(one), 0n);
}

function has(held: bigint, needed: bigint): boolean {
  return (held & needed) === needed;
}
