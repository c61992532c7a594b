import { setImmediate } from 'node:timers/promises';
import { Type } from '@sinclair/typebox';
import { collectGarbage } from '../../lib/garbage.ts';
import { listedIn } from '../../lib/links/domain-list.ts';
import { MOST_LIST_BYTES } from '../external/limits.ts';
import { Budget, FEW, Limits } from '../inspect/budget.ts';
import { openFile } from '../inspect/open-file.ts';
import { Report } from '../inspect/report.ts';
import { SharedBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

/** Whoever handled so many bytes has left some behind; after less, tidying up would take longer than the work. */
const MUCH = 1_000_000;

/** Says what a stranger's file is and what is in it, within its limits, whatever is in it. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 4_000,
  input: Type.Object({
    bytes: Type.Uint8Array(),
    name: Type.String(),
    declared: Type.String(),
    limits: Limits,
    /** Of domains that are called dangerous. */
    lists: Type.Optional(Type.Array(Type.Object({ name: Type.String(), hashes: SharedBytes(MOST_LIST_BYTES) }))),
  }),
  output: Report,
  sample: {
    bytes: new TextEncoder().encode('name,age\nAda,36\nAlan,41\n'),
    name: 'people.csv',
    declared: 'text/csv',
    limits: FEW,
  },
  async run({ bytes, name, declared, limits, lists = [] }) {
    const budget = new Budget(limits, { tidy: collectGarbage });
    const report = await openFile({ bytes, name, declared, listed: listedIn(lists) }, budget);
    if (bytes.length + budget.spent('bytesOut') > MUCH) {
      await setImmediate(); // what is still on the stack would not go
      collectGarbage();
    }
    return report;
  },
});
