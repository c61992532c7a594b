import { type Static, Type } from '@sinclair/typebox';

const Label = Type.String({ maxLength: 200 });
const Labels = Type.Array(Label, { minItems: 1, maxItems: 400 });
const Amount = Type.Number({ minimum: -1e12, maximum: 1e12 });
const Amounts = Type.Array(Type.Union([Amount, Type.Null()]), { maxItems: 400 });

/** What is shown of statistics: an amount for each row and column by its colour, or series over one axis. Nothing is drawn where there is no amount. */
export const StatsChart = Type.Union([
  Type.Object({
    kind: Type.Literal('heat'),
    rows: Labels,
    columns: Labels,
    amounts: Type.Array(Amounts, { maxItems: 400 }),
    /** Whether each amount is written where it is shown, as percent. */
    percent: Type.Boolean(),
  }),
  Type.Object({
    kind: Type.Literal('series'),
    along: Labels,
    /** Whether bars stand on one another, as parts of one sum. */
    stacked: Type.Boolean(),
    series: Type.Array(
      Type.Object({ name: Label, as: Type.Union([Type.Literal('bars'), Type.Literal('line')]), amounts: Amounts }),
      { minItems: 1, maxItems: 8 },
    ),
  }),
]);
export type StatsChart = Static<typeof StatsChart>;
