import type { RuleSums } from '../../../../db/automod-stats.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { fitPage } from '../../../../services/answers/fit.ts';
import { list, render, type Said, t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import type { Rule } from '../../../../workers/rules/schema.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { stateOf } from '../../../automod/rule-choice.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

const USUAL_DAYS = 7;
const MOST_SHOWN = 30;
/** Rules that are named as those there was no time for. */
const MOST_SKIPPED = 3;
/** Letters: what Discord takes of a message, less what stands around. */
const ROOM = 2_600;
const NOTHING = { hits: 0, observed: 0, skipped: 0, us: 0 };

type Counted = Pick<RuleSums, keyof typeof NOTHING> & { readonly rule: Rule };

/** How many messages were looked at, what each rule hit or would have, what it cost, and whether there was no time for some. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { days: integer({ optional: true, min: 1, max: 365 }) },
  async run({ interaction, options: { days = USUAL_DAYS }, reader }, context): Promise<Answer> {
    const guild = interaction.guildId ?? '0';
    const [sums, { rules }] = await Promise.all([context.ruleStats.ofServer(guild, days), readBook(guild, context)]);
    const all = sums.find(({ rule }) => rule === '');
    if (!all) return say('automod.stats.none');
    const by = new Map(sums.map((one) => [one.rule, one]));
    const counted = rules.map((rule): Counted => ({ ...(by.get(rule.id) ?? NOTHING), rule })).sort(mostFirst);
    const shown = fitPage(counted.map(lineOf), (line) => render(line, reader), {
      most: MOST_SHOWN,
      room: ROOM,
      from: 'first',
    });
    const { messages: count, hits, observed } = all;
    return {
      tone: all.skipped > 0 ? 'warning' : 'info',
      title: t('automod.stats.title', { count: days }),
      parts: [
        { kind: 'text', text: t('automod.stats.all', { count, hits, observed }) },
        ...skippedIn(all.skipped, counted),
        { kind: 'points', points: shown },
      ],
      next: t('automod.stats.next'),
    };
  },
});

function mostFirst(a: Counted, b: Counted): number {
  return b.hits + b.observed - a.hits - a.observed || b.us - a.us;
}

function lineOf({ rule, hits, observed, us }: Counted): Said {
  const state = t(`automod.short.${stateOf(rule)}`);
  return t('automod.stats.line', { name: rule.name, state, count: hits, observed, ms: Math.round(us / 1_000) });
}

/** That rules were left out of messages for which there was no time, and which mostly. */
function skippedIn(count: number, counted: readonly Counted[]): readonly Part[] {
  if (count === 0) return [];
  const most = counted
    .filter(({ skipped }) => skipped > 0)
    .sort((a, b) => b.skipped - a.skipped)
    .slice(0, MOST_SKIPPED);
  const named = most.map(({ rule: { name }, skipped }) => t('automod.stats.skippedRule', { name, count: skipped }));
  const rules = named.length > 0 ? list(named) : t('automod.stats.skippedGone');
  return [{ kind: 'text', text: t('automod.stats.skipped', { count, rules }) }];
}
