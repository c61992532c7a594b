import type { Key } from '../../lib/i18n.ts';
import type { Workers } from '../../workers/offload.ts';
import type { TaskOutput } from '../../workers/task.ts';
import type { Tasks } from '../../workers/worker.ts';
import { UserError } from '../answers/user-error.ts';
import { code, type Said, t } from '../answers/words.ts';
import { ruleProblemInWords } from '../automod/problem-in-words.ts';
import { inArea } from './area-words.ts';
import { isArea } from './snapshot.ts';

type Read = TaskOutput<Tasks, 'readSettings'>;
type Problem = Extract<Read, { ok: false }>['problems'][number];

/** What a file of settings says. UserError that says by line and column what does not fit. */
export async function readSettingsFile(
  file: SharedArrayBuffer,
  { workers }: { readonly workers: Pick<Workers, 'offload'> },
  signal: AbortSignal,
): Promise<Extract<Read, { ok: true }>> {
  const read = await workers.offload('readSettings', { file }, { signal });
  if (read.ok) return read;
  const [first, ...rest] = read.problems.map(({ line, column, what }) =>
    t('automod.read.at', { line, column, problem: problemWords(what) }),
  );
  const problems = rest.reduce(
    (said, one) => t('automod.read.lines', { said, one }),
    first ?? t('settings.read.notSettings'),
  );
  throw new UserError('settings.read.refused', { problems });
}

function problemWords(what: Problem['what']): Said {
  switch (what.kind) {
    case 'text':
      return t(`automod.read.${what.code}`);
    case 'file':
      return t(`settings.read.${what.code}`, { name: code(what.name) });
    case 'value': {
      const { area, name } = what;
      const expected = t(what.expected as Key); // of an area's own schema
      return t('settings.read.value', { what: isArea(area) ? inArea({ area, name }) : name, expected });
    }
    case 'rule':
      return what.why === 'idTwice' ? t('automod.read.idTwice') : ruleProblemInWords(what.why);
    default: {
      const never: never = what;
      return never;
    }
  }
}
