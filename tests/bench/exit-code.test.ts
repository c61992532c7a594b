import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import type { Bench } from '../../bench/bench.ts';
import { BenchError, UsageError } from '../../bench/bench-error.ts';
import { exitCodeOf, exitCodeOfError } from '../../bench/exit-code.ts';
import { Processes } from '../../bench/processes/processes.ts';
import { barOf, Progress } from '../../bench/progress.ts';
import { renderPage } from '../../bench/report/html/page.ts';
import type { ScenarioResult } from '../../bench/report/report.ts';
import { renderReport } from '../../bench/report/table.ts';
import { defineScenario, MODES } from '../../bench/scenario.ts';
import { runAll } from '../../bench/suite.ts';
import { reportOf } from './rounds.ts';

const QUIET = { ci: false, interrupted: false };

function storm(ratio: number, leastRatio?: number): ScenarioResult {
  const verdict = { ratio, ...(leastRatio !== undefined && { leastRatio }) };
  return { kind: 'ack', name: 'storm', about: 'x', modes: [], rounds: [], verdict };
}

test('only CI holds a ratio against anybody, and only where a scenario wants one', () => {
  expect(exitCodeOf(reportOf([storm(2, 3)]), { ...QUIET, ci: true })).toBe(1);
  expect(exitCodeOf(reportOf([storm(3, 3)]), { ...QUIET, ci: true })).toBe(0);
  expect(exitCodeOf(reportOf([storm(1)]), { ...QUIET, ci: true })).toBe(0);
  expect(exitCodeOf(reportOf([storm(2, 3)]), QUIET)).toBe(0);
  expect(exitCodeOf(reportOf([storm(2, 3)]), { ...QUIET, interrupted: true })).toBe(130);
});

test('a wrong option is told from what went wrong, and help is neither', () => {
  expect(exitCodeOfError(new UsageError('x'))).toBe(2);
  expect(exitCodeOfError(new CommanderError(1, 'x', 'x'))).toBe(2);
  expect(exitCodeOfError(new CommanderError(0, 'x', 'x'))).toBe(0);
  expect(exitCodeOfError(new BenchError('x'))).toBe(1);
});

test('a scenario that throws keeps what it had found, and the next is run all the same', async () => {
  await using processes = new Processes();
  const bench = benchOf(processes);
  const facts = (throws: boolean) =>
    defineScenario({
      ...{ kind: 'facts', about: 'x', takesSeconds: 1 },
      async *run() {
        yield { what: 'found', value: 1, unit: 's' };
        if (throws) throw new Error('the table is gone');
      },
    });
  const scenarios = new Map([
    ['bad', facts(true)],
    ['good', facts(false)],
  ]);
  const report = await runAll(bench, scenarios, []);
  expect(report).toMatchObject({
    partial: true,
    scenarios: [{ failed: 'the table is gone', facts: [{ what: 'found' }] }, { facts: [{ what: 'found' }] }],
  });
  expect(exitCodeOf(report, QUIET)).toBe(1);
  expect(renderReport(report)).toMatch(/PARTIAL[\s\S]*FAILED: the table is gone/);
  expect(renderPage(report)).toContain('Failed: the table is gone');
});

test('progress is a line of its own on a terminal, and nothing elsewhere', () => {
  const written = (isTTY: boolean) => {
    let text = '';
    const progress = new Progress({ isTTY, write: (more) => (text += more) }, 200);
    progress.passed(50);
    progress.say('round 1');
    progress[Symbol.dispose]();
    return text;
  };
  expect(written(false)).toBe('round 1\n');
  expect(written(true)).toMatch(/25 %, about 2:30 left.*round 1\n/s);
  expect(barOf(60, 120)).toBe(`[${'#'.repeat(15)}${'-'.repeat(15)}] 50 %, about 1:00 left`);
  expect(barOf(500, 120)).toContain('100 %, about 0:00 left');
});

function benchOf(processes: Processes): Bench {
  return {
    options: {
      ...{ runtime: 'bun', pace: 'usual', filter: '', modes: MODES },
      ...{ rounds: undefined, seconds: undefined, threads: undefined, profiles: undefined, heldUp: undefined },
    },
    ...{ processes, root: '/', scratch: '/', signal: new AbortController().signal },
    mayRepeat: () => false,
    say: () => undefined,
    passed: () => undefined,
  };
}
