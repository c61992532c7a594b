import { Type } from '@sinclair/typebox';
import { defineTask } from '../task.ts';

const Count = Type.Integer({ minimum: 0 });

/** Draws the result of a poll as bars. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({
    bars: Type.Array(Type.Object({ label: Type.String({ maxLength: 100 }), votes: Count, share: Count }), {
      minItems: 1,
      maxItems: 10,
    }),
  }),
  output: Type.Object({ png: Type.Uint8Array(), width: Type.Integer(), height: Type.Integer() }),
  sample: { bars: [{ label: 'Yes', votes: 2, share: 100 }] },
  async run({ bars }) {
    // What draws is large, and most threads never draw.
    const { drawBars } = await import('../chart/poll-picture.ts');
    return drawBars(bars);
  },
});
