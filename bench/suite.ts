import { VERSION } from '../src/lib/version.ts';
import type { Bench } from './bench.ts';
import type { Fact } from './facts/fact.ts';
import { ackRounds } from './measure/ack.ts';
import { microRows } from './measure/micro.ts';
import type { MicroRow } from './measure/micro-row.ts';
import type { MicroScenario } from './micro.ts';
import { thisMachine } from './report/machine.ts';
import { type AckRound, FORMAT, type Report, type ScenarioResult } from './report/report.ts';
import { judge, summarise } from './report/summary.ts';
import type { AckScenario, FactScenario, Scenario } from './scenario.ts';

/** Runs one after the other. What was measured before the end is in the report, also when it is interrupted. */
export async function runAll(
  bench: Bench,
  scenarios: ReadonlyMap<string, Scenario>,
  args: readonly string[],
): Promise<Report> {
  const machine = thisMachine();
  const startedAt = new Date();
  const results: ScenarioResult[] = [];
  for (const [name, scenario] of scenarios) {
    if (bench.signal.aborted) break;
    results.push(await runScenario(bench, name, scenario));
  }
  return {
    format: FORMAT,
    rockhopper: VERSION,
    runtime: bench.options.runtime,
    command: ['bun run bench', ...withoutTarget(args)].join(' '),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    partial: bench.signal.aborted || results.some(({ failed }) => failed !== undefined),
    machine,
    scenarios: results,
  };
}

/** Where a report is written says nothing of what is in it. */
function withoutTarget(args: readonly string[]): readonly string[] {
  return args.filter((arg, at) => !arg.startsWith('--json') && args[at - 1] !== '--json');
}

/** Runs one scenario. What was measured before it failed or was interrupted is in the result all the same. */
async function runScenario(bench: Bench, name: string, scenario: Scenario): Promise<ScenarioResult> {
  switch (scenario.kind) {
    case 'ack':
      return runAck(bench, name, scenario);
    case 'facts':
      return runFacts(bench, name, scenario);
    case 'micro':
      return runMicro(bench, name, scenario);
    default: {
      const never: never = scenario;
      return never;
    }
  }
}

async function runAck(bench: Bench, name: string, scenario: AckScenario): Promise<ScenarioResult> {
  const rounds: AckRound[] = [];
  const failed = await collect(ackRounds(bench, name, scenario), rounds, bench.signal);
  const modes = summarise(rounds);
  const { about, leastRatio, messages } = scenario;
  const verdict = judge(modes, leastRatio);
  const flood = messages && { perSecond: messages.perSecond };
  return { kind: 'ack', name, about, modes, verdict, rounds, ...flood, ...(failed && { failed }) };
}

async function runFacts(
  bench: Bench,
  name: string,
  { about, run, takesSeconds }: FactScenario,
): Promise<ScenarioResult> {
  const facts: Fact[] = [];
  bench.say(`${name}: takes about ${takesSeconds} s`);
  const failed = await collect(run(bench), facts, bench.signal);
  bench.passed(takesSeconds);
  return { kind: 'facts', name, about, facts, ...(failed && { failed }) };
}

async function runMicro(bench: Bench, name: string, scenario: MicroScenario): Promise<ScenarioResult> {
  const rows: MicroRow[] = [];
  bench.say(`${name}: takes about ${scenario.takesSeconds} s`);
  const failed = await collect(microRows(bench, name, scenario), rows, bench.signal);
  bench.passed(scenario.takesSeconds);
  return { kind: 'micro', name, about: scenario.about, rows, ...(failed && { failed }) };
}

/** Takes what comes; why it ended early, if it did. */
async function collect<T>(from: AsyncGenerator<T>, into: T[], signal: AbortSignal): Promise<string | undefined> {
  try {
    for await (const one of from) into.push(one);
    return undefined;
  } catch (error) {
    if (signal.aborted) return 'it was interrupted';
    return error instanceof Error ? error.message : String(error);
  }
}
