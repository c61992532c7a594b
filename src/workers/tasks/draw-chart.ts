import { Type } from '@sinclair/typebox';
import { collectGarbage } from '../../lib/garbage.ts';
import { Refused, Says } from '../chart/says.ts';
import { Budget, FEW, Limits } from '../inspect/budget.ts';
import { Report } from '../inspect/report.ts';
import { defineTask } from '../task.ts';

/** Draws a column of a stranger's table, or one over another, as a picture and in words. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 10_000,
  input: Type.Object({
    bytes: Type.Uint8Array(),
    name: Type.String(),
    sheet: Type.Optional(Type.String({ maxLength: 200 })),
    columns: Type.Array(Type.String({ maxLength: 500 }), { minItems: 1, maxItems: 2 }),
    limits: Limits,
  }),
  output: Type.Union([
    Type.Object({
      kind: Type.Literal('chart'),
      png: Type.Uint8Array(),
      width: Type.Integer(),
      height: Type.Integer(),
      chart: Type.Union(['histogram', 'bars', 'line', 'points'].map((kind) => Type.Literal(kind))),
      alt: Type.Array(Says),
      limits: Report.properties.limits,
    }),
    Refused,
  ]),
  sample: {
    bytes: new TextEncoder().encode('name,age\nAda,36\nAlan,41\n'),
    name: 'people.csv',
    columns: ['age'],
    limits: { ...FEW, milliseconds: 5_000 },
  },
  async run({ limits, ...asked }) {
    // What draws is large, and most threads never draw.
    const { draw } = await import('../chart/draw.ts');
    return draw(asked, new Budget(limits, { tidy: collectGarbage }));
  },
});
