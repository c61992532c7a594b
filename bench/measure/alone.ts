import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Bench } from '../bench.ts';
import { plainEnv } from '../processes/environment.ts';
import { sourceCommand } from '../processes/runtimes.ts';

const LONGEST_MS = 180_000;

/** What a process of its own is to do with one thread of each lane, one call after the other. */
export const AloneOrder = Type.Union([
  /** Inspects these files, all of them, so often. */
  Type.Object({
    kind: Type.Literal('inspect'),
    files: Type.Array(Type.String()),
    rounds: Type.Integer({ minimum: 1 }),
  }),
  /** Looks pictures up among so many hashes; the first call brings the list along. */
  Type.Object({ kind: Type.Literal('match'), hashes: Type.Integer(), calls: Type.Integer({ minimum: 1 }) }),
]);
export type AloneOrder = Static<typeof AloneOrder>;

/** How long each call took, from the main thread and back, in milliseconds. */
export const Alone = Type.Object({
  ms: Type.Array(Type.Number(), { minItems: 1 }),
  /** Bytes of memory that the process had at its highest, above what it had before; only Linux tells. */
  grown: Type.Optional(Type.Number()),
});
export type Alone = Static<typeof Alone>;

/** Has an order carried out in a fresh process. BenchError when it fails. */
export async function measureAlone({ options, processes, root, scratch, signal }: Bench, order: AloneOrder) {
  const args = [JSON.stringify(order)];
  const command = await sourceCommand(options.runtime, root, 'bench/runners/alone.ts', args);
  await using child = processes.start({ name: 'the tasks alone', command, cwd: scratch, env: plainEnv() });
  return await child.next('it was measured', heard, { deadlineMs: LONGEST_MS, signal });
}

function heard(line: string): Alone | undefined {
  const said: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  return Value.Check(Alone, said) ? said : undefined;
}
