import { Type } from '@sinclair/typebox';
import { Budget, FEW, Limits } from '../inspect/budget.ts';
import { openFile } from '../inspect/open-file.ts';
import { Report } from '../inspect/report.ts';
import { defineTask } from '../task.ts';

/** Says what a stranger's file is and what is in it, within its limits, whatever is in it. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 4_000,
  input: Type.Object({ bytes: Type.Uint8Array(), name: Type.String(), declared: Type.String(), limits: Limits }),
  output: Report,
  sample: {
    bytes: new TextEncoder().encode('name,age\nAda,36\nAlan,41\n'),
    name: 'people.csv',
    declared: 'text/csv',
    limits: FEW,
  },
  run: ({ bytes, name, declared, limits }) => openFile({ bytes, name, declared }, new Budget(limits)),
});
