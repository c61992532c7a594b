import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Explained, JudgeInput, SentRules, Verdict } from '../../workers/rules/verdict.ts';

/** A message as somebody asks about it. */
export type Asked = Omit<JudgeInput, 'rules' | 'explain' | 'count'>;

export interface Tried {
  readonly verdict: Verdict;
  readonly explained: Explained | undefined;
  /** In the order that the verdict numbers them. */
  readonly rules: readonly Rule[];
}

/** What a new thread loads may take longer than messages have. */
const DEADLINE_MS = 10_000;
/** There are a few threads, and any of them may be new. */
const MOST_AGAIN = 3;

type Sources = Pick<Context, 'rules' | 'workers'>;

/** What the server's rules say of a message and why; nothing is done about it. The newest of them, also where they were changed just now. */
export async function tryMessage(
  asked: (rules: SentRules) => Asked,
  guild: string,
  sources: Sources,
  signal: AbortSignal,
): Promise<Tried> {
  const { rules: standing } = await sources.rules.settled(guild);
  const rules = standing?.sent ?? (await noRules(sources, signal));
  const input: JudgeInput = { ...asked(rules), rules, count: false, explain: true };
  let verdict = await sources.workers.offload('judgeMessage', input, { signal, deadlineMs: DEADLINE_MS });
  // A thread that reads its first message has to make ready what it looks with, which takes its time away.
  for (let again = 0; again < MOST_AGAIN && lackedTime(verdict); again++) {
    verdict = await sources.workers.offload('judgeMessage', input, { signal, deadlineMs: DEADLINE_MS });
  }
  return { verdict, explained: verdict.explained, rules: standing?.rules ?? [] };
}

function lackedTime({ explained }: Verdict): boolean {
  return explained?.rules.some(({ why }) => why.some(({ outcome }) => outcome === 'skipped')) ?? false;
}

/** Where there are no rules it is shown all the same how a text is read. */
async function noRules({ workers }: Sources, signal: AbortSignal): Promise<SentRules> {
  const { buffer } = await workers.offload('compileRules', { rules: [], lists: [] }, { signal });
  return { version: crypto.randomUUID(), buffer, domains: { version: '', lists: [] } };
}
