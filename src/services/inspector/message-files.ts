import {
  type Attachment,
  type BaseInteraction,
  ChannelType,
  DiscordAPIError,
  type Guild,
  type GuildMember,
  type GuildTextBasedChannel,
  type Message,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import { UserError } from '../answers/user-error.ts';
import type { Attached } from './inspector.ts';

const LINK = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d{17,20})\/(\d{17,20})\/(\d{17,20})$/;
const IDS = /^(\d{17,20})-(\d{17,20})$/;
const READ = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
const ALL_THREADS = PermissionFlagsBits.ManageThreads;
/** Codes of Discord that mean: the message, or its channel, is not there for us. */
const NOT_THERE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.MissingAccess,
]);

type Carrying = Pick<Message, 'attachments' | 'messageSnapshots'>;

/** The message that is named by its link; only of this server, and only where the asker may read. */
export async function messageOfLink(link: string, interaction: BaseInteraction): Promise<Message> {
  const found = LINK.exec(link.trim());
  const pair = IDS.exec(link.trim());
  const [guild, channel, message] = found ? found.slice(1) : pair ? [interaction.guildId, ...pair.slice(1)] : [];
  if (!guild || !channel || !message) throw new UserError('inspect.refused.notALink');
  if (guild !== interaction.guildId) throw new UserError('inspect.refused.otherServer');
  if (!interaction.guild) throw new UserError('inspect.refused.notThere');
  try {
    const reader = await interaction.guild.members.fetch(interaction.user.id);
    const place = await placeFor(reader, interaction.guild, channel);
    if (!place) throw new UserError('inspect.refused.notThere');
    return await place.messages.fetch(message);
  } catch (cause) {
    if (cause instanceof DiscordAPIError && NOT_THERE.has(cause.code))
      throw new UserError('inspect.refused.notThere', {}, { cause });
    throw cause;
  }
}

/** The channel or thread, if this member may read what was written there. Archived threads are not in the cache. */
async function placeFor(
  reader: GuildMember,
  { channels }: Guild,
  id: string,
): Promise<GuildTextBasedChannel | undefined> {
  const place = channels.cache.get(id) ?? (await channels.fetch(id));
  if (!place?.isTextBased() || !place.permissionsFor(reader).has(READ)) return undefined;
  // The permissions are those of the channel around it, and say nothing of who is in a private thread.
  const closed = place.type === ChannelType.PrivateThread && !place.permissionsFor(reader).has(ALL_THREADS);
  if (closed) await place.members.fetch({ member: reader.id, force: true }); // throws for who is not in it
  return place;
}

/** What a message carries, in order, and what the messages carry that it passes on. */
export function attachmentsOf({ attachments, messageSnapshots }: Carrying): readonly Attachment[] {
  return [attachments, ...messageSnapshots.map((passedOn) => passedOn.attachments)].flatMap((some) => [
    ...some.values(),
  ]);
}

/** The same, as files to be inspected; UserError when there are none. */
export function filesOf(message: Carrying): readonly Attached[] {
  const files = attachmentsOf(message).map(({ name, size, url, contentType }) => ({ name, size, url, contentType }));
  if (files.length === 0) throw new UserError('inspect.refused.noFiles');
  return files;
}
