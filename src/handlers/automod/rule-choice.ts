import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import { ruleNames } from '../../db/automod-rules.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { clip, renderPlain, t } from '../../services/answers/words.ts';
import { readBook } from '../../services/automod/rule-book.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Choice, Typing } from '../autocomplete.ts';
import { text } from '../options.ts';

const LONGEST_CHOICE = 100;

/** The option that names a rule. */
export const ruleOption = () => text({ min: 1, max: LONGEST_CHOICE, autocomplete: offerRules });

/** Rules whose names have what is typed, with what becomes of them. */
async function offerRules({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const names = await ruleNames(context.db, interaction.guildId ?? '0');
  const wanted = typed.trim().toLowerCase();
  const reader = { i18n: context.i18n, locale: interaction.locale };
  return names
    .filter(({ id, name }) => id === wanted || name.toLowerCase().includes(wanted))
    .map((rule) => ({
      name: clip(
        renderPlain(t('automod.choice', { name: rule.name, state: t(`automod.short.${stateOf(rule)}`) }), reader),
        LONGEST_CHOICE,
      ),
      value: rule.id,
    }));
}

export function stateOf({ enabled, mode }: Pick<Rule, 'enabled' | 'mode'>): 'observe' | 'enforce' | 'off' {
  return enabled ? mode : 'off';
}

/** The rule that was picked, or the only one whose name has what was written. UserError when there is none or several. */
export async function findRule(which: string, { guildId }: BaseInteraction, context: Context): Promise<Rule> {
  const { rules } = await readBook(guildId ?? '0', context);
  return chosenFrom(rules, which);
}

export function chosenFrom(rules: readonly Rule[], which: string): Rule {
  const wanted = which.trim().toLowerCase();
  const picked = rules.filter(({ id }) => id === wanted);
  const named = rules.filter(({ name }) => name.toLowerCase() === wanted);
  const similar = rules.filter(({ name }) => name.toLowerCase().includes(wanted));
  const [found, other] = [picked, named, similar].find(({ length }) => length > 0) ?? [];
  if (!found) throw new UserError(rules.length === 0 ? 'automod.noRules' : 'automod.noSuchRule', { name: which });
  if (other) throw new UserError('automod.severalRules', { one: found.name, other: other.name });
  return found;
}
