import type { Context } from '../../../../context.ts';
import { type Said, t } from '../../../../services/answers/words.ts';
import { patternCards } from '../../../../services/automod/pattern-cards.ts';
import { ruleFields } from '../../../../services/automod/rule-words.ts';
import { namedFor } from '../../../automod/named.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { findRule, ruleOption } from '../../../automod/rule-choice.ts';
import { brokenParts, outOfUseParts } from '../../../automod/rule-view.ts';
import { defineCommand } from '../../../define.ts';

const DAYS = 7;

/** A rule in plain words, what stands against it, what it did lately, and what its patterns look for and cost. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: ruleOption() },
  async run(asked, context) {
    const { interaction, options, signal } = asked;
    const guild = interaction.guildId ?? '0';
    const rule = await findRule(options.rule, interaction, context);
    const [named, cards, broken, slow, did] = await Promise.all([
      namedFor(interaction, context),
      patternCards(rule, context, signal),
      brokenParts(rule, asked, context),
      outOfUseParts(rule, asked, context),
      lately(guild, rule.id, context),
    ]);
    return {
      tone: broken.length + slow.length > 0 ? 'warning' : 'info',
      title: rule.name,
      parts: [{ kind: 'fields', fields: ruleFields(rule, named) }, ...broken, ...slow, { kind: 'small', text: did }],
      next: t('automod.explain.next'),
      also: cards,
    };
  },
});

async function lately(guild: string, id: string, { ruleStats }: Context): Promise<Said> {
  const sums = await ruleStats.ofServer(guild, DAYS);
  const own = sums.find(({ rule }) => rule === id);
  const { hits = 0, observed = 0, us = 0 } = own ?? {};
  return t('automod.explain.lately', { days: DAYS, hits, observed, ms: Math.round(us / 1_000) });
}
