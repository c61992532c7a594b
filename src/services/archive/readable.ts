import {
  ChannelType,
  DiscordAPIError,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits as P,
  type PrivateThreadChannel,
  RESTJSONErrorCodes,
} from 'discord.js';

/** Codes of Discord that mean: the channel is gone, or this person is not in it. */
const NOT_THERE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.MissingAccess,
]);
const READ = P.ViewChannel | P.ReadMessageHistory;

/** Who asks, from where, for what. */
export interface Reading {
  readonly member: GuildMember;
  /** Whether age-restricted channels are shown: they are where the question is put in one. */
  readonly ageRestricted: boolean;
  /** Permissions that are needed besides reading. */
  readonly also?: bigint | undefined;
  /** A channel, category or thread beside which nothing is looked through. */
  readonly within?: string | undefined;
}

/** What may be read of these channels; of `unsure` only Discord knows: threads that are closed, and who is in a private one. */
export interface Readable {
  readonly yes: Set<string>;
  readonly unsure: Set<string>;
}

/** By what holds at this moment. A channel that the bot does not know, and no thread can be asked for, is no channel any more. */
export function readableAmong(ids: readonly string[], reading: Reading): Readable {
  const { cache } = reading.member.guild.channels;
  const yes = new Set<string>();
  const unsure = new Set<string>();
  for (const id of ids) {
    const channel = cache.get(id);
    if (!channel) unsure.add(id);
    else if (mayRead(channel, reading)) (isClosed(channel, reading) ? unsure : yes).add(id);
  }
  return { yes, unsure };
}

/** Asks Discord about one of the unsure. Rejects where it does not answer. */
export async function asksToRead(id: string, reading: Reading): Promise<boolean> {
  const { member } = reading;
  try {
    const channel = await fetched(member.guild, id);
    if (!channel || !mayRead(channel, reading)) return false;
    if (isClosed(channel, reading)) await channel.members.fetch({ member: member.id, force: true }); // throws for who is not in it
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && NOT_THERE.has(error.code)) return false;
    throw error;
  }
}

async function fetched({ channels }: Guild, id: string): Promise<GuildBasedChannel | null> {
  return channels.cache.get(id) ?? (await channels.fetch(id));
}

function mayRead(channel: GuildBasedChannel, { member, ageRestricted, also = 0n, within }: Reading): boolean {
  const around = channel.isThread() ? channel.parent : channel;
  if (!around) return false;
  if (within !== undefined && ![channel.id, around.id, around.parentId].includes(within)) return false;
  if (!ageRestricted && 'nsfw' in around && around.nsfw) return false;
  // What is written beside a voice channel is for those who may enter it.
  const enter = around.isVoiceBased() ? P.Connect : 0n;
  return channel.permissionsFor(member).has(READ | enter | also);
}

/** The permissions of a thread are those of the channel around it, and say nothing of who is in a private one. */
function isClosed(channel: GuildBasedChannel, { member }: Reading): channel is PrivateThreadChannel {
  return channel.type === ChannelType.PrivateThread && !channel.permissionsFor(member).has(P.ManageThreads);
}
