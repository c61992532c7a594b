import { readdir } from 'node:fs/promises';
import { BenchError } from './bench-error.ts';
import type { Scenario } from './scenario.ts';

/** A worker task by itself is called `micro/<task>`; all else has no folder in its name. */
const FOLDERS = { './scenarios/': '', './micro/': 'micro/' } as const;

/** The scenarios there are, sorted. The bench is never part of the binary, so folders may be its list. */
export async function scenarioNames(): Promise<readonly string[]> {
  const named = await Promise.all(
    Object.entries(FOLDERS).map(async ([folder, prefix]) => {
      const files = await readdir(new URL(folder, import.meta.url));
      return files.filter((file) => file.endsWith('.ts')).map((file) => `${prefix}${file.slice(0, -'.ts'.length)}`);
    }),
  );
  return named.flat().sort();
}

/** One of them by name. BenchError when its file holds something else. */
export async function loadScenario(name: string): Promise<Scenario> {
  if (!(await scenarioNames()).includes(name)) throw new BenchError(`there is no scenario ${name}`);
  const file = name.startsWith('micro/') ? `${name}.ts` : `scenarios/${name}.ts`;
  const { default: scenario }: { default?: unknown } = await import(new URL(file, import.meta.url).href);
  if (!isScenario(scenario)) throw new BenchError(`bench/${file} does not export a scenario by default`);
  return scenario;
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return ['ack', 'facts', 'micro'].includes(`${value.kind}`);
}
