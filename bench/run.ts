import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import type { Bench, Options } from './bench.ts';
import { BenchError, UsageError } from './bench-error.ts';
import { type Asked, DEFAULT_JSON, parseArguments } from './cli.ts';
import { compareFiles } from './compare/compare-files.ts';
import { EXIT, exitCodeOf, exitCodeOfError } from './exit-code.ts';
import { secondsOf, whyLeftOut } from './plan.ts';
import { Processes } from './processes/processes.ts';
import { botCommand, exists } from './processes/runtimes.ts';
import { Progress } from './progress.ts';
import { renderPage } from './report/html/page.ts';
import { renderReport } from './report/table.ts';
import type { Scenario } from './scenario.ts';
import { loadScenario, scenarioNames } from './scenarios.ts';
import { runAll } from './suite.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A usual run is over within a quarter of an hour: past this no round is taken again. Milliseconds. */
const REPEAT_WITHIN_MS = 780_000;
const LEAST_CORES = 2;

/** Where a run leaves what it found. */
interface Target {
  readonly json: string;
  readonly html: string;
  readonly profiles: string;
}

/** Better now than after minutes of measuring. */
async function targetOf({ json, profile }: Asked): Promise<Target> {
  const file = json === undefined ? join(ROOT, DEFAULT_JSON) : resolve(json);
  const folder = dirname(file);
  if (json === undefined) await mkdir(folder, { recursive: true });
  if (!(await exists(folder))) throw new UsageError(`${folder} is no folder: the report cannot be written there`);
  const base = file.replace(/\.json$/, '');
  const target = { json: file, html: `${base}.html`, profiles: `${base}.profiles` };
  if (profile) await mkdir(target.profiles, { recursive: true });
  return target;
}

function checkMachine({ runtime, profile }: Asked): void {
  const cores = availableParallelism();
  if (cores < LEAST_CORES)
    throw new BenchError(
      `there is ${cores} core here: bot and driver would wait for each other, and no figure would be valid; ${LEAST_CORES} are needed`,
    );
  if (profile && runtime === 'binary')
    throw new UsageError('the binary has no way in to be profiled: leave --runtime out, or take deno');
}

async function scenariosFor(options: Options, say: (text: string) => void): Promise<ReadonlyMap<string, Scenario>> {
  const all = await scenarioNames();
  const names = all.filter((name) => name.includes(options.filter));
  if (names.length === 0)
    throw new UsageError(`no scenario is named like "${options.filter}"; there are: ${all.join(', ')}`);
  const scenarios = new Map<string, Scenario>();
  for (const name of names) {
    const scenario = await loadScenario(name);
    const why = whyLeftOut(name, scenario, options);
    if (why === undefined) scenarios.set(name, scenario);
    else if (!name.startsWith('micro/')) say(`${name}: left out, ${why}`);
  }
  return scenarios;
}

/** The first Ctrl-C ends the run with what has been measured; the second ends everything at once. */
function onInterrupt(processes: Processes, scratch: string): AbortSignal {
  const asked = new AbortController();
  const interrupt = () => {
    if (asked.signal.aborted) {
      processes.kill();
      rmSync(scratch, { recursive: true, force: true });
      process.exit(EXIT.interrupted);
    }
    process.stderr.write('\nEnding; what has been measured is printed. Again to leave at once.\n');
    asked.abort(new Error('interrupted'));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return asked.signal;
}

async function measure(asked: Asked, args: readonly string[]): Promise<number> {
  checkMachine(asked);
  const target = await targetOf(asked);
  const { pace, filter, runtime, rounds, seconds, threads, modes, heldUp } = asked;
  const profiles = asked.profile ? target.profiles : undefined;
  const options: Options = { pace, filter, runtime, rounds, seconds, threads, modes, heldUp, profiles };
  await botCommand(runtime, ROOT, []); // says so when there is no binary
  const scenarios = await scenariosFor(options, (text) => process.stderr.write(`${text}\n`));
  await using opened = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'rockhopper-bench-'));
  opened.defer(() => rm(scratch, { recursive: true, force: true }));
  const processes = opened.use(new Processes());
  const signal = onInterrupt(processes, scratch);
  const planned = [...scenarios.values()].reduce((sum, one) => sum + secondsOf(one, options), 0);
  const progress = opened.use(new Progress(process.stderr, planned));
  const bench: Bench = {
    ...{ options, processes, root: ROOT, scratch, signal },
    mayRepeat: () => (pace === 'usual' && filter === '' ? performance.now() < REPEAT_WITHIN_MS : pace !== 'quick'),
    say: (text) => progress.say(text),
    passed: (past) => progress.passed(past),
  };
  const report = await runAll(bench, scenarios, args);
  progress[Symbol.dispose]();
  process.stdout.write(`\n${renderReport(report)}`);
  await writeFile(target.json, `${JSON.stringify(report)}\n`);
  await writeFile(target.html, renderPage(report));
  process.stderr.write(`\nWritten: ${target.json} and ${target.html}\n`);
  return exitCodeOf(report, { ci: pace === 'ci', interrupted: signal.aborted });
}

async function main(args: readonly string[]): Promise<number> {
  const asked = parseArguments(args);
  if (!asked.compare) return await measure(asked, args);
  const { text, worse } = await compareFiles(...asked.compare);
  process.stdout.write(text);
  return worse ? EXIT.failed : EXIT.ok;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // A wrong option has been told already.
  if (!(error instanceof CommanderError))
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodeOfError(error);
}
process.exit();
