import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { VERSION } from '../src/lib/version.ts';
import type { Bench, Options } from './bench.ts';
import { UsageError } from './bench-error.ts';
import { type Asked, parseArguments } from './cli.ts';
import { Processes } from './processes/processes.ts';
import { botCommand, exists } from './processes/runtimes.ts';
import { thisMachine } from './report/machine.ts';
import { type AckVerdict, FORMAT, type Report, type ScenarioResult } from './report/report.ts';
import { renderReport } from './report/table.ts';
import { loadScenario, scenarioNames } from './scenarios.ts';
import { runScenario } from './suite.ts';

const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Better now than after minutes of measuring. */
async function checkTarget(json: string | undefined): Promise<void> {
  if (json === undefined) return;
  const folder = dirname(resolve(json));
  if (!(await exists(folder))) throw new UsageError(`${folder} is no folder: the report cannot be written there`);
}

function optionsOf({ runtime, rounds, seconds, modes, quick, ci }: Asked): Options {
  return {
    runtime,
    rounds,
    seconds,
    short: ci ? { rounds: 3, seconds: 2.5 } : quick ? { rounds: 2, seconds: 2.5 } : undefined,
    modes: ci ? modes.filter((mode) => mode !== 'busy-floor') : modes,
    again: !quick,
    facts: !quick && !ci,
  };
}

async function namesFor({ filter }: Asked): Promise<readonly string[]> {
  const all = await scenarioNames();
  const names = all.filter((name) => name.includes(filter));
  if (names.length === 0) throw new UsageError(`no scenario is named like "${filter}"; there are: ${all.join(', ')}`);
  return names;
}

async function runAll(
  bench: Bench,
  names: readonly string[],
  startedAt: Date,
  args: readonly string[],
): Promise<Report> {
  const machine = thisMachine();
  const scenarios: ScenarioResult[] = [];
  for (const name of names) {
    const scenario = await loadScenario(name);
    const takes = scenario.kind === 'ack' ? (scenario.long ? 'minutes' : undefined) : `${scenario.takesSeconds} s`;
    if (takes !== undefined && !bench.options.facts) {
      bench.say(`${name}: left out, it takes ${takes} (--filter ${name} without --quick runs it)`);
      continue;
    }
    if (bench.signal.aborted) break;
    scenarios.push(await runScenario(bench, name, scenario));
  }
  return {
    format: FORMAT,
    rockhopper: VERSION,
    runtime: bench.options.runtime,
    command: ['bun run bench', ...withoutTarget(args)].join(' '),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    partial: bench.signal.aborted || scenarios.some(({ failed }) => failed !== undefined),
    machine,
    scenarios,
  };
}

/** Where a report is written says nothing of what is in it. */
function withoutTarget(args: readonly string[]): readonly string[] {
  return args.filter((arg, at) => !arg.startsWith('--json') && args[at - 1] !== '--json');
}

function exitCodeOf({ scenarios }: Report, { ci }: Asked, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (scenarios.some(({ failed }) => failed !== undefined)) return EXIT.failed;
  const low = scenarios.some((one) => one.kind === 'ack' && tooLow(one.verdict));
  return ci && low ? EXIT.failed : EXIT.ok;
}

/** A ratio that could not be measured fails nobody; the report says that it is missing. */
function tooLow({ ratio, leastRatio }: AckVerdict): boolean {
  return ratio !== undefined && ratio < leastRatio;
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

async function main(args: readonly string[]): Promise<number> {
  const startedAt = new Date();
  const asked = parseArguments(args);
  const names = await namesFor(asked);
  const options = optionsOf(asked);
  await botCommand(options.runtime, ROOT, []); // says so when there is no binary
  await checkTarget(asked.json);
  await using opened = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'rockhopper-bench-'));
  opened.defer(() => rm(scratch, { recursive: true, force: true }));
  const processes = opened.use(new Processes());
  const signal = onInterrupt(processes, scratch);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const report = await runAll({ options, processes, root: ROOT, scratch, signal, say }, names, startedAt, args);
  process.stdout.write(`\n${renderReport(report)}`);
  if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(report, undefined, 1)}\n`);
  return exitCodeOf(report, asked, signal.aborted);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const quiet = error instanceof CommanderError; // it has said so itself
  if (!quiet) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode =
    quiet && error.exitCode === 0 ? EXIT.ok : quiet || error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
process.exit();
