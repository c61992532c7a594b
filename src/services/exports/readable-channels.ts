import { ChannelType, type GuildMember, PermissionFlagsBits as P } from 'discord.js';

interface Reading {
  readonly member: GuildMember;
  /** Nobody keeps anything of the server from them: they own it, or run the bot. */
  readonly above: boolean;
  /** A channel, thread or category besides which nothing is wanted. */
  readonly within: string | undefined;
}

/**
 * Which of these channels somebody may read at this moment. Of a channel that is gone and a thread that is closed nobody can say who could;
 * a private thread is for those who may see them all. These are for who is above.
 */
export function readableChannels(ids: readonly string[], { member, above, within }: Reading): readonly string[] {
  const { cache } = member.guild.channels;
  return ids.filter((id) => {
    const channel = cache.get(id);
    if (!channel) return above && (within === undefined || within === id);
    const around = channel.isThread() ? channel.parent : channel;
    if (within !== undefined && ![id, around?.id, around?.parentId].includes(within)) return false;
    if (above) return true;
    const held = channel.permissionsFor(member);
    // What is written beside a voice channel is for those who may enter it.
    const enter = around?.isVoiceBased() ? P.Connect : 0n;
    if (!held.has(P.ViewChannel | P.ReadMessageHistory | enter)) return false;
    return channel.type !== ChannelType.PrivateThread || held.has(P.ManageThreads);
  });
}
