import { type BaseInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { LOCKED } from '../services/moderation/channel-locks.ts';
import { mayIn } from './channel-rights.ts';
import type { Rules } from './define.ts';
import { MODERATES, type Target } from './moderate.ts';
import { boolean, type ChannelOption, channel } from './options.ts';
import { checkAllowed } from './rules.ts';

/** Discord's description of its API lets no option name media channels; as a part of a category or the server they are locked. */
const NAMED = LOCKED.filter((type) => type !== ChannelType.GuildMedia);

/** What is locked: this channel, another, a category, or everything. */
export const LOCK = {
  where: channel({ optional: true, types: NAMED }),
  server: boolean({ optional: true }),
} as const;

/** Of what locks and unlocks; the whole server takes the right to manage all its channels. */
export const LOCK_RULES = {
  ...MODERATES,
  needs: PermissionFlagsBits.ManageChannels,
  inChannel: true,
} as const satisfies Rules;

interface Where {
  readonly where?: ChannelOption | undefined;
  readonly server?: boolean | undefined;
}

/** Where a command locks or unlocks. UserError where whoever asks may not manage channels there, or named two places. */
export async function readLock(
  interaction: BaseInteraction,
  { where, server }: Where,
  what: 'lockdown' | 'unlock',
  context: Context,
): Promise<Target> {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, channel: here } = interaction;
  if (server && where) throw new UserError('moderation.lockdown.twoPlaces');
  if (server) {
    await mustLockAll(interaction, what, context);
    return { id: guild.id, name: guild.name };
  }
  const found = where ?? (here?.isThread() ? here.parent : here);
  if (!found || !('name' in found)) throw new UserError('moderation.lockdown.nowhere');
  mustLockOne(interaction, found.id);
  return { id: found.id, name: found.name ?? found.id };
}

async function mustLockAll(interaction: BaseInteraction, what: string, context: Context): Promise<void> {
  await checkAllowed({ rules: { needs: LOCK_RULES.needs }, what }, interaction, context);
}

function mustLockOne(interaction: BaseInteraction, channelId: string): void {
  if (mayIn(interaction, channelId, PermissionFlagsBits.ManageChannels)) return;
  throw new UserError('moderation.lockdown.notThere', { channel: mention('channel', channelId) });
}
