import { ChannelType, type Guild, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t, type Words } from '../services/answers/words.ts';

/** Where the bot can be told to write. */
export const TEXT_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;
const WRITE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;

/**
 * Refuses what is no text channel of this server, and one the bot cannot write to: the setting would look right and do
 * nothing. `label` is what the setting is called.
 */
export function mustBeWritable(id: string, label: Words, guild: Guild | null, alsoNeeds = 0n): void {
  const me = guild?.members.me;
  const found = guild?.channels.cache.get(id);
  if (!found || !TEXT_CHANNELS.some((type) => type === found.type)) {
    throw new UserError('errors.channelType', { option: label });
  }
  if (me && !found.permissionsFor(me).has(WRITE | alsoNeeds)) {
    const key = alsoNeeds === 0n ? 'commands.config.cannotWrite' : 'commands.config.cannotAttach';
    throw new UserError(key, { channel: mention('channel', found.id) });
  }
}

/** A chosen channel as it is shown: one that is gone is said to be. */
export function channelShown(id: string | null | undefined, guild: Guild | null): Words {
  if (!id) return t('commands.config.unset');
  const there = guild?.channels.cache.has(id);
  return there ? mention('channel', id) : t('commands.config.broken', { channel: id });
}
