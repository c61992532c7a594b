import { LONGEST_TERM } from '../../workers/rules/limits.ts';
import type { TaskOutput } from '../../workers/task.ts';
import { MOST_LIST_BYTES, MOST_TERM_LETTERS, MOST_TERMS, MOST_WILDCARDS } from '../../workers/words/limits.ts';
import type { Tasks } from '../../workers/worker.ts';
import { code, type Said, t } from '../answers/words.ts';

type ReadTerms = TaskOutput<Tasks, 'readTerms'>;
type EntryProblem = Extract<ReadTerms, { kind: 'read' }>['problems'][number];
type Refusal = Extract<ReadTerms, { kind: 'refused' }>;

/** Why an entry of a list cannot be looked for, and in which line it stands. */
export function entryProblemInWords({ line, code: problem, what }: EntryProblem): Said {
  const why = t(`automod.lists.entries.${problem}`, { most: problem === 'tooLong' ? LONGEST_TERM : MOST_WILDCARDS });
  return what === ''
    ? t('automod.lists.problemIn', { line, why })
    : t('automod.lists.problemAt', { line, what: code(what), why });
}

/** Why a file is no list. */
export function refusalInWords({ code: problem, line, column, what }: Refusal): Said {
  switch (problem) {
    case 'badJson':
      return t('automod.lists.files.badJson', { line: line ?? 1, column: column ?? 1 });
    case 'binary':
      return what === undefined
        ? t('automod.lists.files.binary')
        : t('automod.lists.files.binaryOf', { what: code(what) });
    case 'noArray':
      return t('automod.lists.files.noArray');
    case 'tooMany':
      return t('automod.lists.files.tooMany', { most: MOST_TERMS });
    case 'tooManyLetters':
      return t('automod.lists.files.tooManyLetters', { most: MOST_TERM_LETTERS });
    case 'tooLarge':
      return t('automod.lists.files.tooLarge', { megabytes: MOST_LIST_BYTES / 1_000_000 });
    default: {
      const never: never = problem;
      return never;
    }
  }
}
