import {
  type BaseInteraction,
  DiscordAPIError,
  type Message,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import { UserError } from '../answers/user-error.ts';
import type { Attached } from './inspector.ts';

const LINK = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d{17,20})\/(\d{17,20})\/(\d{17,20})$/;
const IDS = /^(\d{17,20})-(\d{17,20})$/;
const READ = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
/** Codes of Discord that mean: the message, or its channel, is not there for us. */
const NOT_THERE: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
]);

/** The message that is named by its link; only of this server, and only where the asker may read. */
export async function messageOfLink(link: string, interaction: BaseInteraction): Promise<Message> {
  const found = LINK.exec(link.trim());
  const pair = IDS.exec(link.trim());
  const [guild, channel, message] = found ? found.slice(1) : pair ? [interaction.guildId, ...pair.slice(1)] : [];
  if (!guild || !channel || !message) throw new UserError('inspect.refused.notALink');
  if (guild !== interaction.guildId) throw new UserError('inspect.refused.otherServer');
  const place = interaction.guild?.channels.cache.get(channel);
  const reader = await interaction.guild?.members.fetch(interaction.user.id);
  if (!place?.isTextBased() || !reader || !place.permissionsFor(reader).has(READ)) {
    throw new UserError('inspect.refused.notThere');
  }
  try {
    return await place.messages.fetch(message);
  } catch (cause) {
    if (cause instanceof DiscordAPIError && NOT_THERE.has(cause.code))
      throw new UserError('inspect.refused.notThere', {}, { cause });
    throw cause;
  }
}

/** A message's attachments, in order. */
export function filesOf({ attachments }: Pick<Message, 'attachments'>): readonly Attached[] {
  const files = [...attachments.values()].map(({ name, size, url, contentType }) => ({ name, size, url, contentType }));
  if (files.length === 0) throw new UserError('inspect.refused.noFiles');
  return files;
}
