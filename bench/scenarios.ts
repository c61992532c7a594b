import { readdir } from 'node:fs/promises';
import { BenchError } from './bench-error.ts';
import type { Scenario } from './scenario.ts';

const FOLDER = new URL('./scenarios/', import.meta.url);

/** The scenarios there are, sorted. The bench is never part of the binary, so a folder may be its list. */
export async function scenarioNames(): Promise<readonly string[]> {
  const files = await readdir(FOLDER);
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** One of them by name. BenchError when its file holds something else. */
export async function loadScenario(name: string): Promise<Scenario> {
  if (!(await scenarioNames()).includes(name)) throw new BenchError(`there is no scenario ${name}`);
  const { default: scenario }: { default?: unknown } = await import(new URL(`${name}.ts`, FOLDER).href);
  if (!isScenario(scenario)) throw new BenchError(`bench/scenarios/${name}.ts does not export a scenario by default`);
  return scenario;
}

function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'kind' in value && ['ack', 'facts'].includes(`${value.kind}`);
}
