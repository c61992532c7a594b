import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { clip } from '../../../services/answers/words.ts';
import type { Choice, Typing } from '../../autocomplete.ts';
import { defineCommand } from '../../define.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { text } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { findTarget } from '../../target-option.ts';

const LONGEST_CHOICE = 100;

/** Lifts a ban. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.BanMembers,
  botNeeds: PermissionFlagsBits.BanMembers,
  options: {
    who: text({ max: 100, autocomplete: offerBanned }),
    reason: REASON,
  },
  async run(asked, context) {
    const { who, reason } = asked.options;
    const target = await findTarget(await idOf(who, asked.interaction.guildId ?? '', context), context);
    return await moderate(asked, { type: 'unban', targets: [target], reason }, context);
  },
});

/** The id that was chosen or written; a name where it is that of one banned person alone. */
async function idOf(who: string, guild: string, { banNames }: Context): Promise<string> {
  const id = /^(?:<@!?)?(\d{17,20})>?$/.exec(who.trim())?.[1];
  if (id !== undefined) return id;
  const found = await banNames.find(guild, who);
  const exact = found.filter(({ name }) => name.toLowerCase() === who.trim().toLowerCase());
  const [only, ...more] = exact.length > 0 ? exact : found;
  if (!only || more.length > 0) throw new UserError('moderation.unbanWho');
  return only.id;
}

async function offerBanned({ typed, interaction }: Typing, { banNames }: Context): Promise<readonly Choice[]> {
  const found = await banNames.find(interaction.guildId ?? '', typed);
  return found.map(({ id, name }) => ({ name: clip(`${name} (${id})`, LONGEST_CHOICE), value: id }));
}
