import type { Context } from '../../context.ts';
import { MOST_REPLAYED } from '../../workers/rules/read/limits.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { JudgeInput, SentRules } from '../../workers/rules/verdict.ts';
import type { TaskOutput } from '../../workers/task.ts';
import type { Tasks } from '../../workers/worker.ts';
import { UserError } from '../answers/user-error.ts';
import { compileRules } from './compiled-rules.ts';
import { ruleProblemInWords } from './problem-in-words.ts';

/** Hits that are kept to be shown. */
const MOST_KEPT = 1_000;

/** A message that the rule would have hit. */
export interface WouldHit {
  readonly author: string;
  /** Where it stands; nothing of what was uploaded. */
  readonly url: string | undefined;
  readonly line: number | undefined;
  /** Some of it, around what was found. */
  readonly text: string;
  /** Where in that the first thing was found. */
  readonly at: number;
  /** Whether that depends on what only shows when it is written. */
  readonly perhaps: boolean;
}

/** How far it is. */
export interface Replay {
  looked: number;
  /** Where it is known. */
  total: number | undefined;
  /** At most `MOST_KEPT` of them, the first. */
  readonly hits: WouldHit[];
  /** All of them, and those that depend on more, whether they are kept or not. */
  sure: number;
  perhaps: number;
  /** Milliseconds of judging. */
  ms: number;
  /** Whether there is more than was read. */
  cut: boolean;
}

/** Counts a hit, and keeps it where there is room. */
export function noteHit(replay: Replay, hit: WouldHit): void {
  if (hit.perhaps) replay.perhaps++;
  else replay.sure++;
  if (replay.hits.length < MOST_KEPT) replay.hits.push(hit);
}

export function newReplay(): Replay {
  return { looked: 0, total: undefined, hits: [], sure: 0, perhaps: 0, ms: 0, cut: false };
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

/** Replays the lines of an uploaded file, as if somebody wrote them. UserError where there are too many. */
export async function replayFile(
  file: SharedArrayBuffer,
  as: Omit<JudgeInput, 'rules' | 'count' | 'explain'>,
  rules: SentRules,
  replay: Replay,
  { workers }: Pick<Context, 'workers'>,
  signal: AbortSignal,
): Promise<void> {
  const { total, json } = await workers.offload('readTexts', { file }, { signal });
  if (total > MOST_REPLAYED) throw new UserError('automod.backtest.tooManyLines', { most: MOST_REPLAYED });
  replay.total = total;
  const source = { rules, as, file: json ?? file, json: json !== undefined };
  for (let from: number | undefined = 0; from !== undefined; ) {
    const most = MOST_KEPT - replay.hits.length;
    const read: TaskOutput<Tasks, 'backtest'> = await workers.offload(
      'backtest',
      { ...source, from, most },
      { signal },
    );
    for (const { at, text, from: cut, verdict } of read.hits) {
      const [hit] = verdict.hits;
      if (!hit) continue;
      const line = replay.looked + at + 1;
      const found = (hit.spans[0]?.[0] ?? cut) - cut;
      replay.hits.push({ author: '', url: undefined, line, text, at: found, perhaps: hit.late !== undefined });
    }
    replay.sure += read.sure;
    replay.perhaps += read.open;
    replay.ms += read.ms;
    replay.looked += read.done;
    from = read.next;
  }
}
