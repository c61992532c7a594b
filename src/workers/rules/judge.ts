import { maskSecrets } from '../inspect/secrets.ts';
import { Evaluation, openTriggers, triggersIn } from './evaluate.ts';
import { explain } from './explain.ts';
import { Facts } from './facts.ts';
import { MOST_SPANS } from './limits.ts';
import { KeptRules, type Loaded } from './loaded.ts';
import { inviteCodesIn, printOf } from './print.ts';
import type { Node } from './program.ts';
import { staysOut } from './stays-out.ts';
import type { Elsewhere, Hit, JudgeInput, SentRules, Verdict } from './verdict.ts';

/** The rules that this thread has looked into. */
const kept = new KeptRules();
/** What a rule takes beyond this is told. Microseconds. */
const SLOW_US = 50;

type Judged = Omit<Verdict, 'activity'>;

/** What a server's rules say of a message. */
export function judge(input: JudgeInput, rules: SentRules): Judged {
  const loaded = kept.get(rules);
  const facts = new Facts(input, loaded, kept.links(rules));
  const began = performance.now();
  facts.search();
  const evaluation = new Evaluation(facts);
  const readUs = (performance.now() - began) * 1_000;
  const explained = input.explain && explain({ facts, evaluation, readUs }); // first, while nothing is known that would be free
  const { hits, slow, skipped, asked } = hitsOf(evaluation, loaded, input);
  const masked = hits.length > 0 ? maskSecrets(input.text).text : input.text; // what is told of it is never more
  return {
    hits,
    ...(masked !== input.text && { masked }),
    ...(loaded.head.prints && { print: printOf(facts) }),
    ...(asked && { invites: inviteCodesIn(facts) }),
    ...(slow.length > 0 && { slow }),
    ...(skipped.length > 0 && { skipped }),
    ...(explained && { explained }),
  };
}

function hitsOf(evaluation: Evaluation, { head: { rules, triggers } }: Loaded, input: JudgeInput) {
  const hits: Hit[] = [];
  const slow: { rule: number; us: number }[] = [];
  const skipped: number[] = [];
  let asked = false;
  let began = performance.now();
  for (const [index, rule] of rules.entries()) {
    if (!rule || staysOut(rule, input) !== undefined) continue;
    const answer = evaluation.answer(rule.when);
    if (answer !== false) {
      const late = answer === true ? undefined : answer;
      if (late !== undefined && evaluation.lackedTime(rule.when, late)) skipped.push(index);
      else hits.push({ rule: index, ...placesOf(evaluation, rule.when), ...(late !== undefined && { late }) });
      asked ||= late !== undefined && asksForInvites(rule.when, openTriggers(late), triggers);
    }
    const now = performance.now();
    const us = (now - began) * 1_000;
    if (us > SLOW_US) slow.push({ rule: index, us: Math.round(us) });
    began = now;
  }
  return { hits, slow, skipped, asked };
}

function asksForInvites(when: Node, open: readonly number[], triggers: Loaded['head']['triggers']): boolean {
  return triggersIn(when).some(([trigger, own]) => open.includes(own) && triggers[trigger]?.type === 'invite');
}

function placesOf(evaluation: Evaluation, when: Node): Pick<Hit, 'spans' | 'elsewhere'> {
  const spans: [number, number][] = [];
  const elsewhere: Elsewhere[] = [];
  for (const found of evaluation.found(when)) {
    for (const [from, to] of found.spans) if (spans.length < MOST_SPANS) spans.push([from, to]);
    for (const { place, text } of found.elsewhere) {
      if (elsewhere.length < MOST_SPANS) elsewhere.push({ place, text: maskSecrets(text).text });
    }
  }
  return elsewhere.length > 0 ? { spans, elsewhere } : { spans };
}
