import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { JudgeInput, SentRules, Verdict } from '../../workers/rules/verdict.ts';
import { UserError } from '../answers/user-error.ts';
import { compileRules } from './compiled-rules.ts';
import { ruleProblemInWords } from './problem-in-words.ts';

/** A message that the rule would have hit. */
export interface WouldHit {
  readonly author: string;
  /** Where it stands; nothing of what was uploaded. */
  readonly url: string | undefined;
  readonly line: number | undefined;
  readonly text: string;
  readonly spans: Verdict['hits'][number]['spans'];
  /** Whether that depends on what only shows when it is written. */
  readonly perhaps: boolean;
}

/** How far it is. */
export interface Replay {
  looked: number;
  /** Where it is known. */
  total: number | undefined;
  readonly hits: WouldHit[];
  /** Milliseconds of judging. */
  ms: number;
  /** Whether there is more than was read. */
  cut: boolean;
}

export function newReplay(): Replay {
  return { looked: 0, total: undefined, hits: [], ms: 0, cut: false };
}

/** A rule as threads take it, whether it is stored or not, and on whatever it says. UserError with what keeps it from being used. */
export async function compiledAlone(
  rule: Rule,
  guild: string,
  { database, workers, externalData: lists }: Pick<Context, 'database' | 'workers' | 'externalData'>,
  signal: AbortSignal,
): Promise<SentRules> {
  const alone = { id: rule.id, place: 0, rule: JSON.stringify({ ...rule, enabled: true }) };
  const compiled = await compileRules({ database, workers, lists }, guild, { version: 0, rules: [alone] }, signal);
  const [broken] = compiled?.broken ?? [];
  if (!compiled || broken) {
    const problems = broken ? ruleProblemInWords(broken.problem) : '';
    throw new UserError('automod.backtest.broken', { name: rule.name, problems });
  }
  return compiled.sent;
}

/** Replays the lines of an uploaded file, as if somebody wrote them. */
export async function replayFile(
  file: SharedArrayBuffer,
  as: Omit<JudgeInput, 'rules' | 'count' | 'explain'>,
  rules: SentRules,
  replay: Replay,
  { workers }: Pick<Context, 'workers'>,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; ; ) {
    const { done, total, hits, ms } = await workers.offload('backtest', { rules, file, from, as }, { signal });
    replay.ms += ms;
    replay.looked += done;
    replay.total = total;
    for (const { at, text, verdict } of hits) {
      const hit = verdict.hits[0];
      if (!hit) continue;
      replay.hits.push({
        author: '',
        url: undefined,
        line: at + 1,
        text,
        spans: hit.spans,
        perhaps: hit.late !== undefined,
      });
    }
    from += done;
    if (done === 0 || from >= total) return;
  }
}
