import type { Context } from '../../context.ts';
import type { Hit, Verdict } from '../../workers/rules/verdict.ts';
import type { JudgedMessage } from './judged.ts';
import type { Judging } from './rule-source.ts';

/** What rules say of a message, those that do not bind its author left out. */
export interface Judged {
  readonly rules: Judging['rules'];
  readonly hits: readonly Hit[];
  readonly verdict: Verdict;
}

/** Does what the rules want. Called in the order of each author's messages, one after another. */
export async function act(
  message: JudgedMessage,
  { rules, hits }: Judged,
  { log }: Context,
  _signal: AbortSignal,
): Promise<void> {
  const hit = hits.map(({ rule }) => rules[rule]?.id);
  log.debug({ guild: message.guild, message: message.id, hit }, 'rules were hit');
}
