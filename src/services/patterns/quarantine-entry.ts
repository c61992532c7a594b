import { BUDGET_MS } from '../../workers/backtracking/budget.ts';
import type { Answer } from '../answers/answer.ts';
import { clip, code, t } from '../answers/words.ts';
import { MOST_OVERRUNS } from './backtracking.ts';
import type { Shape } from './shape.ts';

/** As much of a pattern as fits beside what is said of it. */
const MOST_SHOWN = 900;

/** What a server's log is told of a pattern that is out of use, and of the message that it took too long with. */
export function quarantineEntry({ source, shape }: { readonly source: string; readonly shape: Shape }): Answer {
  const { length, lines, run, ...classes } = shape;
  return {
    tone: 'warning',
    title: t('patterns.quarantine.title'),
    parts: [
      { kind: 'text', text: t('patterns.quarantine.what', { ms: BUDGET_MS, times: MOST_OVERRUNS }) },
      {
        kind: 'fields',
        fields: [
          [t('patterns.quarantine.pattern'), code(clip(source, MOST_SHOWN))],
          [t('patterns.quarantine.message'), t('patterns.quarantine.shape', { length, lines, run, ...classes })],
        ],
      },
    ],
    next: t('patterns.quarantine.next'),
  };
}
