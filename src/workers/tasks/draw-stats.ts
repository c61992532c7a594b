import { Type } from '@sinclair/typebox';
import { StatsChart } from '../chart/stats-chart.ts';
import { defineTask } from '../task.ts';

/** Draws statistics of a server as a picture. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({ chart: StatsChart }),
  output: Type.Object({ png: Type.Uint8Array(), width: Type.Integer(), height: Type.Integer() }),
  sample: { chart: { kind: 'heat', rows: ['Mon'], columns: ['0', '1'], amounts: [[1, 2]], percent: false } },
  async run({ chart }) {
    // What draws is large, and most threads never draw.
    const { drawStats } = await import('../chart/stats-picture.ts');
    return drawStats(chart);
  },
});
