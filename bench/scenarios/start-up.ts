import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { cloneTo } from '../facts/clone.ts';
import type { Fact } from '../facts/fact.ts';
import { type IdleBot, startIdleBot } from '../facts/idle-memory.ts';
import { secondsToFirstAnswer } from '../facts/starting.ts';
import { binaryPath, denoPath, exists } from '../processes/runtimes.ts';
import { defineScenario, type Runtime } from '../scenario.ts';

const IDLE_MS = 60_000;
const BYTES_PER_MB = 1_048_576;
const MEMORY_BAR_MB = 450;
const NO_BINARY = 'there is no dist/rockhopper: `bun run build` makes it';

/** How long people wait for a bot, and what it costs to have one. The idle minute passes while the starts are timed. */
export default defineScenario({
  kind: 'facts',
  about: 'From the command to the first answer, and the memory of a bot that idles',
  takesSeconds: 75,
  async *run(bench) {
    const { root, options } = bench;
    const sources: Runtime = options.runtime === 'deno' ? 'deno' : 'bun';
    const binary = await exists(binaryPath(root));
    await using opened = new AsyncDisposableStack();
    const idle = opened.use(await startIdleBot(bench, sources));
    const idleBinary = binary ? opened.use(await startIdleBot(bench, 'binary')) : undefined;
    yield* startsOfClone(bench, sources);
    if (binary) yield* startsOfBinary(bench);
    else yield { what: 'the binary, second start', skipped: NO_BINARY };
    yield* memory(`run on ${sources}`, idle);
    if (idleBinary) yield* memory('run from the binary', idleBinary);
    else yield { what: 'memory of run from the binary', skipped: NO_BINARY };
  },
});

async function* startsOfClone(bench: Bench, sources: Runtime): AsyncGenerator<Fact> {
  const { root, scratch, signal } = bench;
  const what = `a clone with warm package cache, start on ${sources}`;
  const cwd = await cloneTo(join(scratch, 'clone'), root, signal);
  if (cwd === undefined) return yield { what, skipped: 'this folder could not be cloned with git' };
  const command: readonly [string, ...string[]] =
    sources === 'deno' ? [await denoPath(root), 'task', 'start'] : [process.execPath, 'run', 'start'];
  const started = { name: 'start in a clone', command, cwd };
  yield { what, value: await secondsToFirstAnswer(bench, started), unit: 's', bar: 20 };
  yield { what: 'the same, second start', value: await secondsToFirstAnswer(bench, started), unit: 's', bar: 5 };
}

async function* startsOfBinary(bench: Bench): AsyncGenerator<Fact> {
  const cwd = join(bench.scratch, 'binary');
  await mkdir(cwd);
  const copy = join(cwd, 'rockhopper');
  await copyFile(binaryPath(bench.root), copy);
  const started = { name: 'the binary in an empty folder', command: [copy, 'start'] as const, cwd };
  yield { what: 'the binary, first start', value: await secondsToFirstAnswer(bench, started), unit: 's' };
  yield { what: 'the binary, second start', value: await secondsToFirstAnswer(bench, started), unit: 's', bar: 3 };
}

async function* memory(what: string, idle: IdleBot): AsyncGenerator<Fact> {
  const { resident, peak } = await idle.memoryAfter(IDLE_MS);
  const bar = MEMORY_BAR_MB;
  yield { what: `${what}, memory after 60 s idle (second start)`, value: resident / BYTES_PER_MB, unit: 'MB', bar };
  yield { what: `${what}, its peak`, value: peak / BYTES_PER_MB, unit: 'MB', bar };
}
