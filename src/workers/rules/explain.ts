import { type Evaluation, triggersIn } from './evaluate.ts';
import type { Facts } from './facts.ts';
import type { Looked } from './look.ts';
import { staysOut } from './stays-out.ts';
import type { Explained, ExplainedRule, Why } from './verdict.ts';

interface Explaining {
  readonly facts: Facts;
  readonly evaluation: Evaluation;
  /** Microseconds that reading the text took. */
  readonly readUs: number;
}

/** What there is of every trigger of every rule, also of those that are not needed to know. */
export function explain({ facts, evaluation, readUs }: Explaining): Explained {
  const [own] = facts.parts;
  return {
    canonical: own?.canonical().text ?? '',
    readings: own?.canonical(true).readings?.text.replaceAll('\0', '\n').trimEnd() ?? '',
    us: Math.round(readUs),
    rules: facts.loaded.head.rules.map((rule, index): ExplainedRule => {
      if (!rule) return { rule: index, outcome: 'no', stays: 'unreadable', us: 0, why: [] };
      const stays = staysOut(rule, facts.input);
      const began = performance.now();
      const triggers = [...triggersIn(rule.when)].sort(([, one], [, other]) => one - other);
      const why = triggers.map(([trigger, number]) => whyOf(number, evaluation.look(trigger)));
      const answer = evaluation.answer(rule.when);
      const us = Math.round((performance.now() - began) * 1_000);
      const outcome = typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : 'open';
      return { rule: index, outcome, ...(stays && { stays }), us, why };
    }),
  };
}

function whyOf(trigger: number, looked: Looked): Why {
  if (typeof looked === 'string') return { trigger, outcome: looked, spans: [], elsewhere: [], details: {} };
  const { spans, elsewhere, details } = looked;
  return { trigger, outcome: 'yes', spans: spans.map(([from, to]) => [from, to]), elsewhere: [...elsewhere], details };
}
