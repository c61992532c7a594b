import { ChannelType, type Guild, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t, type Words } from '../services/answers/words.ts';

/** Where the bot can be told to write. */
export const TEXT_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;
const WRITE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages;

/** What the bot has to be allowed besides writing: to look whether something is there already is to post it once. */
interface Needs {
  readonly files?: boolean;
  readonly history?: boolean;
}

/**
 * Refuses what is no text channel of this server, and one the bot cannot write to: the setting would look right and do
 * nothing. `label` is what the setting is called.
 */
export function mustBeWritable(id: string, label: Words, guild: Guild | null, alsoNeeds: Needs = {}): void {
  const { files = false, history = false } = alsoNeeds;
  const me = guild?.members.me;
  const found = guild?.channels.cache.get(id);
  if (!found || !TEXT_CHANNELS.some((type) => type === found.type)) {
    throw new UserError('errors.channelType', { option: label });
  }
  const may = me && found.permissionsFor(me);
  const channel = mention('channel', found.id);
  if (may?.has(files ? WRITE | PermissionFlagsBits.AttachFiles : WRITE) === false) {
    throw new UserError(files ? 'commands.config.cannotAttach' : 'commands.config.cannotWrite', { channel });
  }
  if (history && may?.has(PermissionFlagsBits.ReadMessageHistory) === false) {
    throw new UserError('commands.config.cannotReadBack', { channel });
  }
}

/** A chosen channel as it is shown: one that is gone is said to be. */
export function channelShown(id: string | null | undefined, guild: Guild | null): Words {
  if (!id) return t('commands.config.unset');
  const there = guild?.channels.cache.has(id);
  return there ? mention('channel', id) : t('commands.config.broken', { channel: id });
}
