import { Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

const TEXT = 'The rockhopper hops from rock to rock where others would slide. ';

/** Keeps a core busy for a known amount of work: what the bench fills the pool with. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({ iterations: Type.Integer({ minimum: 1, maximum: 100_000_000 }) }),
  output: Type.Object({ hash: Type.Integer() }),
  sample: { iterations: 100 },
  run({ iterations }) {
    let hash = 0x811c9dc5;
    for (let round = 0; round < iterations; round++) {
      for (let at = 0; at < TEXT.length; at++) hash = Math.imul(hash ^ TEXT.charCodeAt(at), 0x01000193);
    }
    return { hash: hash >>> 0 };
  },
});
