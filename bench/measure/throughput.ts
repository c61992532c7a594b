import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Bench } from '../bench.ts';
import type { WorkName } from '../load/throughput-work.ts';
import { plainEnv } from '../processes/environment.ts';
import { sourceCommand } from '../processes/runtimes.ts';

const LONGEST_MS = 120_000;

/** How much of the same work as many threads do, the bot's and bare ones. */
export const Throughput = Type.Object({
  threads: Type.Integer(),
  poolPerSecond: Type.Number(),
  barePerSecond: Type.Number(),
});
export type Throughput = Static<typeof Throughput>;

/** Measured in a process of its own, with no bot in it. BenchError when it fails. */
export async function measureThroughput(
  { options, processes, root, scratch, signal }: Bench,
  work: WorkName,
): Promise<Throughput> {
  const command = await sourceCommand(options.runtime, root, 'bench/runners/throughput.ts', [work]);
  await using child = processes.start({ name: `the throughput of ${work}`, command, cwd: scratch, env: plainEnv() });
  return await child.next('it was measured', heard, { deadlineMs: LONGEST_MS, signal });
}

function heard(line: string): Throughput | undefined {
  const said: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  return Value.Check(Throughput, said) ? said : undefined;
}
