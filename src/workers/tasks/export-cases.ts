import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { casesAsCsv } from '../cases/case-csv.ts';
import { Exported, Piece, type WholeCase } from '../cases/exported.ts';
import { checked, defineTask } from '../task.ts';

const Input = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('json')]),
  cases: Type.Array(
    Type.Object({
      /** All but the rest, as a JSON object. */
      plain: Type.String(),
      voidReason: Type.Union([Type.String(), Type.Null()]),
      evidence: Type.Array(Piece),
    }),
  ),
  /** Whether a file begins with these, and ends behind them. */
  begins: Type.Boolean(),
  ends: Type.Boolean(),
  packed: Type.Boolean(),
});

const whole = TypeCompiler.Compile(Exported);
const pack = promisify(gzip);

/** A piece of a file of cases. Packed pieces after one another are a gzip file, as plain ones are a plain file. */
export default defineTask({
  lane: 'bulk',
  input: Input,
  output: Type.Object({ bytes: Type.Uint8Array() }),
  sample: { format: 'json', cases: [], begins: true, ends: true, packed: true },
  async run({ format, cases, begins, ends, packed }) {
    const read = cases.map(wholeOf);
    const text = format === 'csv' ? casesAsCsv(read, { begins }) : casesAsJson(read, { begins, ends });
    const bytes = new TextEncoder().encode(text);
    return { bytes: packed ? new Uint8Array(await pack(bytes)) : bytes };
  },
});

function wholeOf({ plain, ...rest }: Static<typeof Input>['cases'][number]): WholeCase {
  return { ...checked(whole, JSON.parse(plain), 'input'), ...rest };
}

/** A list with one case a line. */
function casesAsJson(cases: readonly WholeCase[], { begins, ends }: { begins: boolean; ends: boolean }): string {
  const lines = cases.map((one) => JSON.stringify(one)).join(',\n');
  return `${begins ? '[\n' : lines === '' ? '' : ',\n'}${lines}${ends ? '\n]\n' : ''}`;
}
