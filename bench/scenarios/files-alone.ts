import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logOf, tableOf } from '../../tests/files/text.ts';
import type { Bench } from '../bench.ts';
import type { Fact } from '../facts/fact.ts';
import { postedPictures } from '../load/pictures.ts';
import { type Alone, measureAlone } from '../measure/alone.ts';
import { defineScenario } from '../scenario.ts';

const BYTES_PER_MB = 1_048_576;
const MS_PER_S = 1_000;
const WARM_ROUNDS = 5;
/** Different pictures, and how often each is looked at: nothing is kept of the time before. */
const PICTURES = { different: 20, rounds: 5, megapixels: 2 } as const;
const LOOK_UPS = 1_000;

/** What the attachment inspector takes for large files, in a pool with nothing else to do: its own speed, not the bot's. */
export default defineScenario({
  kind: 'facts',
  about: 'Large files inspected one after the other on one thread, and pictures looked up',
  takesSeconds: 60,
  async *run(bench) {
    const folder = join(bench.scratch, 'files-alone');
    await mkdir(folder, { recursive: true });
    const text = async (name: string, bytes: Uint8Array) => {
      const file = join(folder, name);
      await writeFile(file, bytes);
      return measureAlone(bench, { kind: 'inspect', files: [file], rounds: 1 + WARM_ROUNDS });
    };
    yield* firstAndLater('a log of 8 MB explained', await text('app.log', logOf(8_000_000)), 1.5);
    yield* firstAndLater('a table of 25 MB profiled', await text('people.csv', tableOf(25_000_000)), 2);
    yield* pictures(bench, folder);
    yield* lookUps(bench);
  },
});

function* firstAndLater(what: string, alone: Alone, bar: number): Generator<Fact> {
  const [first = 0, ...later] = alone.ms;
  yield { what: `${what}, the first of its thread`, value: first / MS_PER_S, unit: 's', bar };
  yield { what: `${what}, median of the next ${later.length}`, value: share(later, 0.5) / MS_PER_S, unit: 's', bar };
  yield memory(what, alone);
}

async function* pictures(bench: Bench, folder: string): AsyncGenerator<Fact> {
  const { different, rounds, megapixels } = PICTURES;
  const files: string[] = [];
  for await (const { name, bytes } of postedPictures(different, megapixels)) {
    bench.signal.throwIfAborted();
    const file = join(folder, name);
    await writeFile(file, bytes);
    files.push(file);
  }
  const alone = await measureAlone(bench, { kind: 'inspect', files, rounds });
  const what = `${different * rounds} pictures of ${megapixels} megapixels looked at`;
  yield { what, value: alone.ms.reduce((sum, one) => sum + one, 0) / MS_PER_S, unit: 's', bar: 10 };
  yield { what: 'one of them, at the median', value: share(alone.ms, 0.5), unit: 'ms' };
  yield memory(what, alone);
}

async function* lookUps(bench: Bench): AsyncGenerator<Fact> {
  const alone = await measureAlone(bench, { kind: 'match', hashes: 100_000, calls: 1 + LOOK_UPS });
  const [first = 0, ...later] = alone.ms;
  const what = 'a picture looked up among 100,000';
  yield { what: `${what}, median of ${LOOK_UPS}`, value: share(later, 0.5), unit: 'ms', bar: 5 };
  yield { what: `${what}, p99`, value: share(later, 0.99), unit: 'ms', bar: 5 };
  yield { what: `${what}, the first, with the list`, value: first, unit: 'ms' };
  yield memory(what, alone);
}

function memory(what: string, { grown }: Alone): Fact {
  const told = `${what}: memory it took at its highest`;
  if (grown === undefined) return { what: told, skipped: "this needs Linux's /proc" };
  return { what: told, value: grown / BYTES_PER_MB, unit: 'MB' };
}

/** The value that this share of them does not exceed. */
function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
}
