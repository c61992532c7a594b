import { type Answer, say } from '../../../../services/answers/answer.ts';
import { fitPage } from '../../../../services/answers/fit.ts';
import { render, t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { stateOf } from '../../../automod/rule-choice.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

const USUAL_DAYS = 7;
const MOST_SHOWN = 30;
/** Letters: what Discord takes of a message, less what stands around. */
const ROOM = 2_600;

/** How many messages were looked at, what each rule hit, and what it cost. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { days: integer({ optional: true, min: 1, max: 365 }) },
  async run({ interaction, options: { days = USUAL_DAYS }, reader }, context): Promise<Answer> {
    const guild = interaction.guildId ?? '0';
    const [sums, { rules }] = await Promise.all([context.ruleStats.ofServer(guild, days), readBook(guild, context)]);
    const all = sums.find(({ rule }) => rule === '');
    if (!all) return say('automod.stats.none');
    const by = new Map(sums.map((one) => [one.rule, one]));
    const lines = rules
      .map((rule) => ({ rule, hits: by.get(rule.id)?.hits ?? 0, us: by.get(rule.id)?.us ?? 0 }))
      .sort((a, b) => b.hits - a.hits || b.us - a.us)
      .map(({ rule, hits, us }) =>
        t('automod.stats.line', {
          ...{ name: rule.name, count: hits, ms: Math.round(us / 1_000) },
          state: t(`automod.short.${stateOf(rule)}`),
        }),
      );
    const shown = fitPage(lines, (line) => render(line, reader), { most: MOST_SHOWN, room: ROOM, from: 'first' });
    return {
      tone: 'info',
      title: t('automod.stats.title', { count: days }),
      parts: [
        { kind: 'text', text: t('automod.stats.all', { count: all.messages, hits: all.hits }) },
        { kind: 'points', points: shown },
      ],
      next: t('automod.stats.next'),
    };
  },
});
