import { Value } from '@sinclair/typebox/value';
import type { Bench } from '../bench.ts';
import type { MicroScenario } from '../micro.ts';
import { plainEnv } from '../processes/environment.ts';
import { sourceCommand } from '../processes/runtimes.ts';
import { MicroRow } from './micro-row.ts';

/** Making the largest inputs takes longer than measuring them. */
const LONGEST_MS = 180_000;

/** Every input of a task, each in a process of its own, so that none finds what another has warmed up or left behind. */
export async function* microRows(bench: Bench, name: string, { inputs }: MicroScenario): AsyncGenerator<MicroRow> {
  const { options, processes, root, scratch, signal } = bench;
  for (const [at, { name: input, size }] of inputs.entries()) {
    const command = await sourceCommand(options.runtime, root, 'bench/runners/micro.ts', [name, String(at)]);
    await using child = processes.start({
      name: `${name} (${input}, ${size})`,
      command,
      cwd: scratch,
      env: plainEnv(),
    });
    yield await child.next('it was measured', heard, { deadlineMs: LONGEST_MS, signal });
  }
}

function heard(line: string): MicroRow | undefined {
  const said: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  return Value.Check(MicroRow, said) ? said : undefined;
}
