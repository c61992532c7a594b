import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import type { SoughtMessages } from '../../../../services/archive/search-archive.ts';
import { readWords } from '../../../../services/archive/sought-words.ts';
import { ARCHIVED_TYPES } from '../../../archive-setting.ts';
import { defineCommand } from '../../../define.ts';
import { firstMessages, MESSAGE_RULES, turnMessages } from '../../../message-search.ts';
import { boolean, channel, text, user } from '../../../options.ts';
import { LONGEST_PAST, readPast } from '../../../past-option.ts';

/** Finds messages that the archive keeps, among those that whoever asks may read. */
export default defineCommand({
  ...MESSAGE_RULES,
  components: [turnMessages],
  options: {
    text: text({ optional: true, max: 300 }),
    author: user({ optional: true }),
    channel: channel({ optional: true, types: ARCHIVED_TYPES }),
    from: text({ optional: true, max: LONGEST_PAST }),
    to: text({ optional: true, max: LONGEST_PAST }),
    has: text({ optional: true, choices: ['file'] }),
    edited: boolean({ optional: true }),
    deleted: boolean({ optional: true }),
  },
  async run(asked, context) {
    const { interaction, options } = asked;
    const { text: typed, author, channel: within, has, edited, deleted = false } = options;
    if (Object.values(options).every((value) => value === undefined)) throw new UserError('messageSearch.nothingAsked');
    const sought: SoughtMessages = {
      guild: interaction.guildId ?? '0',
      terms: typed === undefined ? [] : readWords(typed).map((group) => [...group]),
      ...(author && { author: author.id }),
      ...(within && { within: within.id }),
      ...(await readSpan(options, interaction, context)),
      ...(has === 'file' && { hasFile: true }),
      ...(edited !== undefined && { edited }),
      deleted,
    };
    return await firstMessages(sought, asked, context);
  },
});

/** UserError for a time in which nothing can have been written. */
async function readSpan(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  interaction: BaseInteraction,
  context: Context,
): Promise<Pick<SoughtMessages, 'from' | 'before'>> {
  const begin = from === undefined ? undefined : (await readPast(from, 'begin', interaction, context)).getTime();
  const end = to === undefined ? undefined : (await readPast(to, 'end', interaction, context)).getTime();
  if (begin !== undefined && begin > context.now().getTime()) throw new UserError('messageSearch.problems.future');
  if (begin !== undefined && end !== undefined && begin >= end) throw new UserError('messageSearch.problems.emptySpan');
  return { ...(begin !== undefined && { from: begin }), ...(end !== undefined && { before: end }) };
}
