import { countAll } from '../../../../db/case-list.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { filterOf } from '../../../../services/moderation/case-filter.ts';
import { cancelExport, exportCases } from '../../../case-export.ts';
import { CASE_FILTERS, readSought } from '../../../case-options.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** The cases of this server as files, for whoever asks alone; the server's log says who did. */
export default defineCommand({
  ...CASE_RULES,
  cooldown: { uses: 3, seconds: 60 },
  deadlineMs: 600_000,
  options: {
    format: text({ choices: ['csv', 'json'] }),
    text: text({ optional: true, min: 1, max: 200 }),
    ...CASE_FILTERS,
  },
  components: [cancelExport],
  async run(asked, context) {
    const { interaction, options } = asked;
    const { format, ...filters } = options;
    const sought = await readSought(filters, interaction, context);
    const filter = filterOf(sought, { guild: interaction.guildId ?? '0', now: context.now() });
    const count = await countAll(context.db, filter);
    if (count === 0) throw new UserError('cases.none');
    return await exportCases({ asked, sought, filter, format, count }, context);
  },
});
