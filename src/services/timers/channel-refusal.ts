import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js';

/** Why a channel takes no message, whoever asks again: it is not there, or the bot may not write in it. */
export type ChannelRefusal = 'channelGone' | 'channelClosed';

const REFUSALS: Readonly<Record<number, ChannelRefusal>> = {
  [Code.UnknownChannel]: 'channelGone',
  [Code.UnknownGuild]: 'channelGone',
  [Code.MissingAccess]: 'channelClosed',
  [Code.MissingPermissions]: 'channelClosed',
  [Code.CannotSendMessagesInNonTextChannel]: 'channelClosed',
  [Code.ThreadLocked]: 'channelClosed',
};

/** What Discord's answer says of the channel; undefined for what may pass. */
export function channelRefusal(error: unknown): ChannelRefusal | undefined {
  return error instanceof DiscordAPIError ? REFUSALS[Number(error.code)] : undefined;
}
