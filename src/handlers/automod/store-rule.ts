import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer } from '../../services/answers/answer.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { t } from '../../services/answers/words.ts';
import { checkPatterns } from '../../services/automod/check-patterns.ts';
import { mustCompile } from '../../services/automod/must-compile.ts';
import { releasePatterns } from '../../services/automod/out-of-use.ts';
import { patternCards } from '../../services/automod/pattern-cards.ts';
import { ruleProblemInWords } from '../../services/automod/problem-in-words.ts';
import { changeBook, newRuleId } from '../../services/automod/rule-book.ts';
import { ruleFields } from '../../services/automod/rule-words.ts';
import { problemsOf } from '../../workers/rules/check.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Asked } from '../define.ts';
import { mustMayOrder } from './may-order.ts';
import { namedFor } from './named.ts';
import { stateOf } from './rule-choice.ts';
import { type RuleDraft, whenOf } from './rule-draft.ts';
import { undoButton } from './undo.ts';

/** Stores what a draft says, as a new rule or in the place of the one it was made of. UserError where that does not fit, or is not the same any more. */
export async function storeRule(draft: RuleDraft, asked: Asked<BaseInteraction>, context: Context): Promise<Answer> {
  const { guildId, user } = asked.interaction;
  const when = whenOf(draft);
  if (!when) throw new UserError('automod.builder.nextEmpty');
  const { id, base } = draft;
  const rule: Rule = { id: id ?? newRuleId(), ...draft.head, when };
  const [problem] = problemsOf(rule);
  if (problem) throw new UserError('automod.read.refused', { problems: ruleProblemInWords(problem) });
  await mustMayOrder([rule], asked, context);
  await checkPatterns([rule], context, asked.signal);
  const plan = (rules: readonly Rule[]) => {
    const held = rules.find((one) => one.id === id);
    if (id === undefined) return [...rules, rule];
    if (!held || JSON.stringify(held) !== base) throw new UserError('automod.draft.changed');
    return rules.map((one) => (one === held ? rule : one));
  };
  await mustCompile(guildId ?? '0', plan, context, asked.signal);
  const version = await changeBook(guildId ?? '0', user.id, plan, context);
  await releasePatterns(rule, guildId ?? '0', context); // it was looked at and is wanted
  return {
    tone: 'good',
    visible: 'private',
    title: rule.name,
    parts: [
      { kind: 'text', text: t(`automod.done.saved.${stateOf(rule)}`) },
      { kind: 'fields', fields: ruleFields(rule, await namedFor(asked.interaction, context)) },
      ...(version === undefined ? [] : [{ kind: 'buttons', buttons: [undoButton(version)] } as const]),
    ],
    next: t('automod.done.next'),
    also: await patternCards(rule, context, asked.signal),
  };
}
