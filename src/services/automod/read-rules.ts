import type { Workers } from '../../workers/offload.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { TaskOutput } from '../../workers/task.ts';
import type { Tasks } from '../../workers/worker.ts';
import { UserError } from '../answers/user-error.ts';
import { type Said, t } from '../answers/words.ts';
import { ruleProblemInWords } from './problem-in-words.ts';

type Placed = Extract<TaskOutput<Tasks, 'readRules'>, { ok: false }>['problems'][number];

/** The rules that a text or a file of JSON holds, read in a thread. UserError that says by line and column what does not fit. */
export async function readRules(
  source: { readonly text: string } | { readonly file: SharedArrayBuffer },
  { workers }: { readonly workers: Pick<Workers, 'offload'> },
  signal: AbortSignal,
): Promise<readonly Rule[]> {
  const read = await workers.offload('readRules', source, { signal });
  if (read.ok) return read.rules;
  const [first, ...rest] = read.problems.map(problemWords);
  const problems = rest.reduce(
    (said, one) => t('automod.read.lines', { said, one }),
    first ?? t('automod.read.noRules'),
  );
  throw new UserError('automod.read.refused', { problems });
}

function problemWords({ line, column, why }: Placed): Said {
  const problem = typeof why === 'string' ? t(`automod.read.${why}`) : ruleProblemInWords(why);
  return t('automod.read.at', { line, column, problem });
}
