import { shareBytes } from '../../src/workers/shared-bytes.ts';
import readRules from '../../src/workers/tasks/read-rules.ts';
import { defineMicro, sized } from '../micro.ts';

/** Rules as a server exports them, each of a few triggers; those that are broken have an end too early in their last line. */
function exported(amount: number, end = ']}'): SharedArrayBuffer {
  const rule = (at: number) => ({
    ...{
      id: `rule${String.fromCharCode(97 + (Math.floor(at / 676) % 26), 97 + (Math.floor(at / 26) % 26), 97 + (at % 26))}a`,
    },
    name: `Rule ${at}`,
    when: {
      all: [
        { type: 'words', terms: Array.from({ length: 20 }, (_, term) => `term${at}x${term}`), match: 'word' },
        { any: [{ type: 'link', which: 'any' }, { not: { type: 'capitals', percent: 70, least: 12 } }] },
      ],
    },
    actions: [{ do: 'delete' }, { do: 'timeout', for: 3_600 }],
  });
  const rules = Array.from({ length: amount }, (_, at) => JSON.stringify(rule(at), null, 2));
  return shareBytes(new TextEncoder().encode(`{"rules":[${rules.join(',\n')}${end}`));
}

/** The amounts are those of rules. */
export default defineMicro({
  task: readRules,
  about: 'reads the rules of automod that somebody imports, and says by line what is wrong',
  inputs: {
    'rules as they are exported': sized((amount) => ({ file: exported(amount) }), [1, 20, 200]),
    'a file that is cut off': sized((amount) => ({ file: exported(amount, '') }), [1, 20, 200]),
  },
});
