import { Budget } from '../../../src/workers/inspect/budget.ts';
import { openFile } from '../../../src/workers/inspect/open-file.ts';
import { HOSTILE } from '../../files/text.ts';
import { LIMITS } from './inspecting.ts';

// A process of its own, since resident memory is the process's: tests beside this one would be counted, too. It tells as
// JSON by how many bytes each table grew it.
const grown: number[] = [];
for (const [, name, made] of HOSTILE.slice(2, 4)) {
  const bytes = made();
  const file = { name, declared: '' };
  await openFile({ ...file, bytes: bytes.subarray(0, 1_000_000) }, new Budget({ ...LIMITS, milliseconds: 20_000 }));
  const before = process.memoryUsage().rss;
  await openFile({ ...file, bytes }, new Budget({ ...LIMITS, milliseconds: 20_000 }));
  grown.push(process.memoryUsage().rss - before);
}
process.stdout.write(JSON.stringify(grown));
