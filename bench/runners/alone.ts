import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { startWorkers, type Workers } from '../../src/workers/offload.ts';
import { BenchError } from '../bench-error.ts';
import { LIMITS } from '../load/limits.ts';
import { randomBytes } from '../load/random-bytes.ts';
import { type Alone, AloneOrder } from '../measure/alone.ts';
import { forgetPeak, memoryOf } from '../processes/usage.ts';

const BYTES_A_HASH = 8;

/** Carries an order out with the threads that a bot has, at least one a lane, says a line of JSON, and ends. */
async function run(order: AloneOrder): Promise<Alone> {
  await using workers = await startWorkers({ threads: 2 });
  await workers.selfTest(); // a bot's threads have loaded everything, too
  await forgetPeak();
  const before = await memoryOf(process.pid);
  const ms: number[] = [];
  for await (const one of order.kind === 'inspect' ? inspections(workers, order) : lookUps(workers, order))
    ms.push(one);
  const after = await memoryOf(process.pid);
  return { ms, ...(before && after && { grown: Math.max(0, after.peak - before.resident) }) };
}

async function* inspections(workers: Workers, { files, rounds }: Extract<AloneOrder, { kind: 'inspect' }>) {
  for (const file of Array.from({ length: rounds }, () => files).flat()) {
    const bytes = new Uint8Array(await readFile(file));
    const input = { bytes, name: basename(file), declared: '', limits: LIMITS };
    const began = performance.now();
    const { limits, findings, previews } = await workers.offload('inspectFile', input, {
      deadlineMs: LIMITS.milliseconds,
      transfer: [bytes.buffer],
    });
    yield performance.now() - began;
    const cut = limits.length > 0 || findings.some(({ code }) => code === 'broken');
    if (cut || previews.length === 0) throw new BenchError(`${file} was not looked at to its end`);
  }
}

async function* lookUps(workers: Workers, { hashes, calls }: Extract<AloneOrder, { kind: 'match' }>) {
  const bytes = randomBytes(hashes * BYTES_A_HASH);
  for (let call = 0; call < calls; call++) {
    const sought = call.toString(16).padStart(8, '0').repeat(2);
    const list = { list: 'shield', version: '1', hashes: [sought] };
    const began = performance.now();
    const { kind } = await workers.offload('matchPicture', call === 0 ? { ...list, bytes } : list);
    yield performance.now() - began;
    if (kind !== 'matches') throw new BenchError('the thread has lost the list');
  }
}

const order: unknown = JSON.parse(process.argv[2] ?? '');
if (!Value.Check(AloneOrder, order)) throw new BenchError('this is no order');
process.stdout.write(`${JSON.stringify(await run(order))}\n`);
process.exit();
