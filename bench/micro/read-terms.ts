import { shareBytes } from '../../src/workers/shared-bytes.ts';
import readTerms from '../../src/workers/tasks/read-terms.ts';
import { terms } from '../load/terms.ts';
import { defineMicro, sized } from '../micro.ts';

function file(name: string, lines: readonly string[], mark = '') {
  return { name, bytes: shareBytes(new TextEncoder().encode(mark + lines.join('\n'))) };
}

/** The amounts are those of entries. */
export default defineMicro({
  task: readTerms,
  about: 'reads a list of terms or domains, for automod',
  inputs: {
    'a file of terms': sized(
      (amount) => ({ kind: 'words' as const, file: file('terms.txt', terms(amount)) }),
      [100, 10_000, 100_000],
    ),
    'a term more in a list': sized(
      (amount) => ({
        kind: 'words' as const,
        base: shareBytes(new TextEncoder().encode(terms(amount).join('\n'))),
        typed: 'one more',
      }),
      [100, 10_000, 99_000],
    ),
    'a file of domains': sized(
      (amount) => ({
        kind: 'domains' as const,
        file: file(
          'domains.txt',
          terms(amount).map((term, at) => `${term.replace(/[^a-z]/g, '')}${at}.com`),
        ),
      }),
      [100, 10_000, 100_000],
    ),
  },
  works: (output) => output.kind === 'read' && output.bad === 0,
});
