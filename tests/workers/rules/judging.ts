import { compile } from '../../../src/workers/rules/compile.ts';
import { judge } from '../../../src/workers/rules/judge.ts';
import { readRule } from '../../../src/workers/rules/read-rule.ts';
import type { Condition, Rule } from '../../../src/workers/rules/schema.ts';
import type { JudgeInput, SentRules } from '../../../src/workers/rules/verdict.ts';

export const AUTHOR = '400000000000000001';
export const CHANNEL = '500000000000000001';
const HOUR_MS = 3_600_000;

/** A rule of which only what matters is said; throws when it does not fit. */
export function ruleOf(rule: Partial<Rule> & Pick<Rule, 'when'>): Rule {
  const read = readRule({ id: 'abcdefgh', name: 'A rule', mode: 'enforce', ...rule });
  if (!read.ok) throw new Error(`this is no rule: ${JSON.stringify(read.problems)}`);
  return read.rule;
}

export type Message = Omit<Partial<JudgeInput>, 'author' | 'channel' | 'rules'> & {
  readonly author?: Partial<JudgeInput['author']>;
  readonly channel?: Partial<JudgeInput['channel']>;
  readonly domains?: SentRules['domains'];
};

/** Texts of lists by name. */
interface Lists {
  readonly words?: Readonly<Record<string, string>>;
  readonly domains?: Readonly<Record<string, string>>;
}

/** Compiles rules once; what it gives judges messages by them. Throws when a rule is broken. */
export function judgeBy(rules: readonly Rule[], { domains: hosts = {}, words = {} }: Lists = {}) {
  const listOf =
    (kind: keyof Lists) =>
    ([name, text]: readonly [string, string]) =>
      [name, { kind, bytes: new TextEncoder().encode(text) }] as const;
  const all = [...Object.entries(words).map(listOf('words')), ...Object.entries(hosts).map(listOf('domains'))];
  const { buffer, problems } = compile(
    rules.map((rule) => JSON.stringify(rule)),
    new Map(all),
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const version = crypto.randomUUID();
  return ({ author, channel, domains = { version: '', lists: [] }, ...message }: Message) => {
    const input: JudgeInput = {
      ...{ text: '', edited: false, forwarded: false, count: false },
      ...message,
      author: { id: AUTHOR, roles: [], accountMs: 10_000 * HOUR_MS, joinedMs: 1_000 * HOUR_MS, ...author },
      channel: { id: CHANNEL, ...channel },
    };
    return judge(input, { version, buffer, domains });
  };
}

/** Whether one condition holds of a message, what of the text speaks for it, and what is left open. */
export function look(when: Condition, message: Message | string, lists?: Lists) {
  const whole = typeof message === 'string' ? { text: message } : message;
  const { hits, ...rest } = judgeBy([ruleOf({ when })], lists)(whole);
  const [hit] = hits;
  const text = whole.text ?? '';
  return {
    holds: hit !== undefined,
    late: hit?.late,
    found: hit?.spans.map(([from, to]) => text.slice(from, to)),
    hit,
    ...rest,
  };
}
