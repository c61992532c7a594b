import { shareBytes } from '../../src/workers/shared-bytes.ts';
import compileRules from '../../src/workers/tasks/compile-rules.ts';
import { defineMicro, sized } from '../micro.ts';
import { listedRule, manyRules, terms } from '../rules.ts';

/** What a change of a server's rules takes before it holds: 200 rules, and lists of a hundred thousand terms. */
export default defineMicro({
  task: compileRules,
  about: 'compiles a server’s rules for the threads that judge messages',
  inputs: {
    'rules, half of them patterns': sized((amount) => ({ rules: manyRules(amount), lists: [] }), [2, 100, 200]),
    'a list of terms': sized(
      (amount) => ({
        rules: manyRules(2, 'long'),
        lists: [{ name: 'long', kind: 'words' as const, bytes: shareBytes(terms(amount)) }],
      }),
      [100, 10_000, 100_000],
    ),
    'rules on one list of terms': sized(
      (amount) => ({
        rules: Array.from({ length: 12 }, (_, at) => listedRule(at, 'long')),
        lists: [{ name: 'long', kind: 'words' as const, bytes: shareBytes(terms(amount)) }],
      }),
      [100, 10_000, 100_000],
    ),
  },
  works: ({ problems }) => problems.length === 0,
});
