import explainPattern from '../../src/workers/tasks/explain-pattern.ts';
import { defineMicro, sized } from '../micro.ts';

const ASKED = { ignoreCase: true, engine: 'linear', of: 'canonical' } as const;

/** Servers write patterns of up to a thousand letters. */
export default defineMicro({
  task: explainPattern,
  about: 'says what a pattern looks for, and what it costs',
  inputs: {
    'ways, an ordinary pattern of': sized(
      (ways) => ({ ...ASKED, source: Array.from({ length: ways }, (_, at) => `fr[e3]+\\s+n${at}`).join('|') }),
      [1, 5, 50],
    ),
    'brackets, one in another': sized(
      (depth) => ({ ...ASKED, source: `${'(a'.repeat(depth)}${')+'.repeat(depth)}` }),
      [1, 10, 40],
    ),
  },
  works: ({ kind }) => kind === 'ready',
});
