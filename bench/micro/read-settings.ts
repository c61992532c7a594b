import { shareBytes } from '../../src/workers/shared-bytes.ts';
import readSettings from '../../src/workers/tasks/read-settings.ts';
import { defineMicro, sized } from '../micro.ts';

/** Settings as a server exports them, with so many rules of automod. */
function exported(amount: number): SharedArrayBuffer {
  const rule = (at: number) => ({
    id: `rule${String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26))}aa`,
    name: `Rule ${at}`,
    when: { type: 'words', terms: Array.from({ length: 20 }, (_, term) => `term${at}x${term}`), match: 'word' },
    actions: [{ do: 'delete' }],
  });
  const file = {
    ...{ format: 'rockhopper-settings', version: 1, server: '100000000000000001' },
    areas: { moderation: { reasons: Array.from({ length: 50 }, (_, at) => `Rule ${at}: ${'x'.repeat(80)}`) } },
    automodRules: Array.from({ length: amount }, (_, at) => rule(at)),
  };
  return shareBytes(new TextEncoder().encode(JSON.stringify(file, null, 2)));
}

/** The amounts are those of rules. */
export default defineMicro({
  task: readSettings,
  about: 'reads the settings that somebody imports, and says by line what is wrong',
  inputs: { 'settings as they are exported': sized((amount) => ({ file: exported(amount) }), [1, 20, 200]) },
});
