import type { Answer } from '../../../../../services/answers/answer.ts';
import { code, t } from '../../../../../services/answers/words.ts';
import { entryProblemInWords } from '../../../../../services/automod/list-in-words.ts';
import { MOST_IMPORT_BYTES } from '../../../../../workers/words/limits.ts';
import { listUndo } from '../../../../automod/list-undo.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { fetchShared } from '../../../../automod/rules-file.ts';
import { defineCommand } from '../../../../define.ts';
import { attachment, text } from '../../../../options.ts';

const HOW = ['add', 'replace', 'remove'] as const;
const KINDS = ['words', 'domains'] as const;

/** Puts words, or sites, into a list, or takes them out: out of a file, or those that are typed. */
export default defineCommand({
  ...AUTOMOD_RULES,
  deadlineMs: 60_000,
  options: {
    list: text({ min: 1, max: 64 }),
    file: attachment({ optional: true }),
    entries: text({ optional: true, max: 6_000 }),
    how: text({ optional: true, choices: HOW }),
    of: text({ optional: true, choices: KINDS }),
  },
  async run({ interaction, options, signal }, context): Promise<Answer> {
    const { list, file, entries: typed, how = 'add', of: kind } = options;
    const guild = interaction.guildId ?? '0';
    const bytes = file && (await fetchShared(file, MOST_IMPORT_BYTES, context, signal));
    const sent = { typed, ...(file && bytes && { file: { name: file.name, bytes } }) };
    const order = { guild, name: list, kind, how, by: interaction.user.id, ...sent };
    const outcome = await context.automodLists.change(order, signal);
    const { changed, idle, bad, problems } = outcome;
    const { name, entries: count } = outcome.list;
    return {
      tone: bad > 0 ? 'warning' : 'good',
      title: t('automod.words.title', { name: code(name) }),
      parts: [
        { kind: 'text', text: t(`automod.words.done.${how}`, { count: changed }) },
        { kind: 'text', text: t('automod.words.holds', { count, idle }) },
        ...(bad > 0
          ? [
              {
                kind: 'lines',
                title: t('automod.words.bad', { count: bad }),
                lines: problems.map(entryProblemInWords),
              } as const,
            ]
          : []),
        ...(outcome.change === undefined ? [] : [listUndo(outcome.change)]),
      ],
      next: t('automod.words.next', { name: code(name) }),
    };
  },
});
