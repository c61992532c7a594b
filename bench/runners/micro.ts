import { serialize } from 'node:v8';
import { measure } from 'mitata';
import { BenchError } from '../bench-error.ts';
import type { MicroRow } from '../measure/micro-row.ts';
import { loadScenario } from '../scenarios.ts';
import { type MemoryProbe, memoryProbe } from './memory.ts';

/** How long and how often an input is run at least; what takes long is run less often. */
const LEAST_MS = 500;
const LEAST_RUNS = 5;
const MEMORY_RUNS = 3;
const NS_PER_MS = 1_000_000;

/** Measures one input of a task, says a line of JSON, and ends: `<name of the scenario> <which of its inputs>`. */
async function run(name: string, at: number): Promise<MicroRow> {
  const scenario = await loadScenario(name);
  const input = scenario.kind === 'micro' ? scenario.inputs[at] : undefined;
  if (scenario.kind !== 'micro' || !input) throw new BenchError(`${name} has no input ${at}`);
  const value = await input.make();
  const output = await scenario.answer(input, value);
  const once = () => scenario.task.run(value);
  const memory = await memoryProbe();
  const times = await timesOf(once, memory);
  return {
    input: input.name,
    size: input.size,
    bytesIn: serialize(value).byteLength,
    bytesOut: serialize(output).byteLength,
    ...times,
    grown: await growthOf(once, memory),
  };
}

/** Work of under 65 microseconds is timed in batches of 4,096; its percentiles are then those of the batches' means. */
async function timesOf(once: () => Promise<unknown>, { collect }: MemoryProbe) {
  const { samples, ticks, avg } = await measure(once, {
    gc: collect,
    min_samples: LEAST_RUNS,
    min_cpu_time: LEAST_MS * NS_PER_MS,
    samples_threshold: Number.POSITIVE_INFINITY, // or the slowest two would be left out
  });
  const sorted = samples.toSorted((a, b) => a - b);
  const ms = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0) / NS_PER_MS;
  return { p50: ms(0.5), p99: ms(0.99), mean: avg / NS_PER_MS, runs: ticks };
}

async function growthOf(once: () => Promise<unknown>, { collect, used }: MemoryProbe): Promise<number> {
  const { heap } = await measure(once, {
    gc: collect,
    inner_gc: true,
    heap: used,
    min_samples: MEMORY_RUNS,
    max_samples: MEMORY_RUNS,
    min_cpu_time: 0,
  });
  return Math.max(0, Math.round(heap?.max ?? 0)); // all of them shrank: nothing that could be told
}

const [name = '', at = '0'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await run(name, Number(at)))}\n`);
process.exit();
