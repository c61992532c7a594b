import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../../services/answers/user-error.ts';
import { mayIn } from '../../channel-rights.ts';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { channel, text } from '../../options.ts';
import { REASON } from '../../reason-option.ts';

const SECOND_MS = 1_000;
/** What Discord takes of a slowmode. */
const WAIT = { minMs: SECOND_MS, maxMs: 21_600 * SECOND_MS } as const;
const WAITS = ['off', '5 seconds', '30 seconds', '2 minutes', '10 minutes', '1 hour', '6 hours'];
const LASTS = { minMs: 60 * SECOND_MS, maxMs: 365 * 86_400 * SECOND_MS } as const;
const TYPICAL = ['10 minutes', '1 hour', '6 hours', '1 day'];
const SLOWED: readonly ChannelType[] = [
  ...[ChannelType.GuildText, ChannelType.GuildVoice, ChannelType.GuildStageVoice],
  ...[ChannelType.GuildForum, ChannelType.PublicThread, ChannelType.PrivateThread],
];
const OFF = /^(?:off|none|no|0|0 ?s(?:ec(?:onds?)?)?)$/i;

/** Sets how long members wait between two messages in a channel; for a time, it sets itself back. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageChannels,
  inChannel: true,
  options: {
    wait: text({ max: LONGEST_DURATION, autocomplete: offerDuration(WAIT, WAITS) }),
    channel: channel({ optional: true, types: SLOWED }),
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(LASTS, TYPICAL) }),
    reason: REASON,
  },
  async run(asked, context) {
    const { wait, channel, duration, reason } = asked.options;
    const seconds = OFF.test(wait.trim()) ? 0 : readDuration(wait, WAIT) / SECOND_MS;
    const ms = duration === undefined ? undefined : readDuration(duration, LASTS);
    const { interaction } = asked;
    const id = channel?.id ?? interaction.channelId ?? '';
    if (!mayIn(interaction, id, PermissionFlagsBits.ManageChannels))
      throw new UserError('moderation.slowmode.notThere');
    const name =
      channel?.name ?? (interaction.channel && 'name' in interaction.channel ? interaction.channel.name : null);
    const until = ms === undefined ? undefined : new Date(context.now().getTime() + ms);
    const wish = { type: 'slowmode', targets: [{ id, name: name ?? id }], reason, until, data: { seconds } };
    return await moderate(asked, wish, context);
  },
});
