import type { BaseInteraction, Guild } from 'discord.js';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { memberNow } from '../../../services/moderation/members.ts';
import type { Asked } from '../../define.ts';
import { checkAllowed } from '../../rules.ts';
import { SETTINGS_RULES } from '../rights.ts';

/** By whose rank the steps of an introduction go. */
const SETS_UP = { rules: SETTINGS_RULES, what: 'config setup' } as const;

/** What is asked in a direct message about a server, as if it were asked there. */
export interface InServer {
  readonly asked: Asked<BaseInteraction>;
  readonly guild: Guild;
}

/**
 * Who presses stands in the server as Discord says at this moment, and their right to set it up is checked there. UserError where they have
 * none, are not there (any more), or the bot is not.
 */
export async function inServer(id: string, asked: Asked<BaseInteraction>, context: Context): Promise<InServer> {
  const { interaction } = asked;
  const guild = context.discord.guilds.cache.get(id);
  if (!guild) throw new UserError('introduction.notThere');
  if (interaction.guildId === id) {
    await checkAllowed(SETS_UP, interaction, context);
    return { asked, guild };
  }
  const member = await memberNow(guild, interaction.user.id);
  if (!member) throw new UserError('introduction.notAMember', { server: guild.name });
  // All else of it stays: whatever asks it for its server, who asks there and what they may, is answered so.
  const there = Object.create(interaction, {
    guildId: { value: id },
    member: { value: member },
    memberPermissions: { value: member.permissions },
  }) as BaseInteraction;
  await checkAllowed(SETS_UP, there, context);
  return { asked: { ...asked, interaction: there }, guild };
}
