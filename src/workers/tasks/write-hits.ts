import { type Static, Type } from '@sinclair/typebox';
import { SharedBytes, shareBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

const MOST_BYTES = 8_000_000;

const Output = Type.Object({ file: SharedBytes(MOST_BYTES) });

/** Writes what a rule would have hit as a table: a line each, tabs between the columns, UTF-8. */
export default defineTask({
  lane: 'bulk',
  input: Type.Object({
    /** Names of the columns: where it stands, by whom, whether it is sure, what was written. */
    columns: Type.Tuple([Type.String(), Type.String(), Type.String(), Type.String()]),
    /** What stands where it is not sure. */
    perhaps: Type.String(),
    hits: Type.Array(
      Type.Object({ where: Type.String(), author: Type.String(), perhaps: Type.Boolean(), text: Type.String() }),
      { maxItems: 1_000 },
    ),
  }),
  output: Output,
  sample: { columns: ['Line', 'Author', 'Perhaps', 'Text'], perhaps: 'perhaps', hits: [] },
  run({ columns, perhaps, hits }): Static<typeof Output> {
    const rows = hits.map((hit) => [hit.where, hit.author, hit.perhaps ? perhaps : '', hit.text]);
    const lines = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ')).join('\t'));
    return { file: shareBytes(new TextEncoder().encode(`${lines.join('\n')}\n`)) };
  },
});
