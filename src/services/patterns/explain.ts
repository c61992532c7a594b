import type { Context } from '../../context.ts';
import type { Waiting } from '../../lib/deadline.ts';
import type { BacktrackingCall, Ran, Spans } from '../../workers/backtracking/backtracking.ts';
import { BUDGET_MS } from '../../workers/backtracking/budget.ts';
import type { TaskInput, TaskOutput } from '../../workers/task.ts';
import type { Tasks } from '../../workers/worker.ts';
import { UserError } from '../answers/user-error.ts';
import { t } from '../answers/words.ts';
import type { Unavailable } from './backtracking.ts';
import { couldGoBack, problemInWords } from './in-words.ts';

/** A pattern before it is used, and texts of whoever asks to be looked through (at most 10). */
export type PatternAsked = TaskInput<Tasks, 'explainPattern'>;
type Ready = Extract<TaskOutput<Tasks, 'explainPattern'>, { kind: 'ready' }>;

type Sample = Ready['samples'][number]['sample'];

/** Each has its text under `patterns.explained.warnings`. */
export type Warning =
  | { readonly kind: 'matchesEmpty' | 'everyMessage' | 'slow' | 'overruns' }
  | { readonly kind: 'matchesMost'; readonly percent: number }
  | { readonly kind: 'capital'; readonly letter: string };

/** All that can be said of a pattern that can be used. */
export interface PatternExplained extends Pick<Ready, 'lines' | 'needs' | 'examples'> {
  readonly costs: readonly {
    readonly sample: Sample;
    readonly letters: number;
    readonly us: number | 'overran' | 'busy';
  }[];
  /** For each text that was asked for: the first places, `[from, to)`; nothing where it took too long. */
  readonly found: readonly { readonly text: string; readonly spans: Spans | undefined }[];
  readonly warnings: readonly Warning[];
}

const SLOW_US = 1_000;
const MOST_PERCENT = 50;

/**
 * What a pattern looks for, what it costs, and what may be wrong with it, found out in threads. UserError when it cannot be used, with what to
 * write instead, or why the engine that it needs is not to be had.
 */
export async function explainPattern(
  asked: PatternAsked,
  { workers, backtracking }: Pick<Context, 'workers' | 'backtracking'>,
  { signal, deadlineMs }: Waiting = {},
): Promise<PatternExplained> {
  const { unavailable } = backtracking;
  if (asked.engine === 'backtracking' && unavailable) {
    throw new UserError('patterns.refused', { why: t(`patterns.goesBack.${unavailable}`) });
  }
  const known = await workers.offload('explainPattern', asked, { signal, deadlineMs });
  if (known.kind === 'refused') throw refusal(known.problem, unavailable);
  const { linear } = known;
  if (linear) {
    const found = (asked.texts ?? []).map((text, at) => ({ text, spans: linear.found[at] ?? [] }));
    return { ...known, costs: linear.costs, found, warnings: warningsOf(known, linear) };
  }
  return await tried(asked, known, (call) => backtracking.attempt(call, signal));
}

/** Where the other engine could do it, that is said as well. */
function refusal(problem: Parameters<typeof problemInWords>[0], unavailable: Unavailable | undefined): UserError {
  const why = problemInWords(problem);
  if (!couldGoBack(problem)) return new UserError('patterns.refused', { why });
  const also = t(`patterns.goesBack.${unavailable ?? 'on'}`, { ms: BUDGET_MS });
  return new UserError('patterns.refusedAlso', { why, also });
}

type Attempt = (call: BacktrackingCall) => Promise<Ran | { readonly kind: Unavailable }>;

/** The same of a pattern that goes back, by running it under its budget. */
async function tried(asked: PatternAsked, known: Ready, attempt: Attempt): Promise<PatternExplained> {
  const { source, ignoreCase, of } = asked;
  const run = async (text: string) => {
    const ran = await attempt({ source, ignoreCase, of, text });
    return ran.kind === 'ran' ? ran : { kind: ran.kind === 'overran' ? ('overran' as const) : ('busy' as const) };
  };
  const costs = [];
  for (const { sample, text } of known.samples) {
    const ran = await run(text);
    costs.push({ sample, letters: text.length, us: ran.kind === 'ran' ? ran.us : ran.kind });
  }
  const examples = [];
  for (const text of known.examples) {
    const ran = await run(text);
    if (ran.kind === 'ran' && ran.spans.length > 0) examples.push(text);
  }
  const found = [];
  for (const text of asked.texts ?? []) {
    const ran = await run(text);
    found.push({ text, spans: ran.kind === 'ran' ? ran.spans : undefined });
  }
  const empty = await run('');
  const measured = { empty: empty.kind === 'ran' && empty.spans.length > 0, percent: 0, costs };
  return { ...known, examples, costs, found, warnings: warningsOf(known, measured) };
}

interface Measured extends Pick<PatternExplained, 'costs'> {
  readonly empty: boolean;
  readonly percent: number;
}

function warningsOf({ needs, never }: Ready, { empty, percent, costs }: Measured): readonly Warning[] {
  const warnings: Warning[] = [];
  if (never !== undefined) warnings.push({ kind: 'capital', letter: never });
  if (empty) warnings.push({ kind: 'matchesEmpty' });
  if (percent >= MOST_PERCENT) warnings.push({ kind: 'matchesMost', percent });
  if (needs.length === 0) warnings.push({ kind: 'everyMessage' });
  if (costs.some(({ us }) => us === 'overran')) warnings.push({ kind: 'overruns' });
  else if (costs.some(({ us }) => typeof us === 'number' && us > SLOW_US)) warnings.push({ kind: 'slow' });
  return warnings;
}
