import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/context.ts';
import { createI18n } from '../../../src/lib/i18n.ts';
import healthMonitor from '../../../src/scheduler/jobs/health-monitor.ts';
import { t } from '../../../src/services/answers/words.ts';
import type { HealthState, PartName } from '../../../src/services/health/health.ts';
import type { Report } from '../../../src/services/health/report.ts';

const never = new AbortController().signal;

function stateOf(bad: readonly PartName[], changed: readonly PartName[]): HealthState {
  const part = (name: PartName) => ({
    ok: !bad.includes(name),
    seen: t('health.seen.heartbeat', { ms: `of ${name}` }),
  });
  const parts = { loop: part('loop'), gateway: part('gateway'), database: part('database'), pool: part('pool') };
  return { parts, ok: bad.length === 0, changed };
}

/** Runs the monitor once: what it logged, and what it told the owners' channels. */
async function look(state: HealthState) {
  const lines: { readonly msg: string; readonly part?: string }[] = [];
  const reports: Parameters<Report>[] = [];
  const context = {
    health: { check: async () => state },
    i18n: createI18n(),
    report: async (...said: Parameters<Report>) => void reports.push(said),
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  };
  await healthMonitor.run(context as unknown as Context, never, () => {});
  return { lines, reports };
}

test('nothing is said while nothing changes, well or not', async () => {
  expect(await look(stateOf([], []))).toEqual({ lines: [], reports: [] });
  expect(await look(stateOf(['database'], []))).toEqual({ lines: [], reports: [] });
});

test('a part that gets into trouble is logged and reported with what was seen', async () => {
  const { lines, reports } = await look(stateOf(['database', 'pool'], ['database']));
  expect(lines).toMatchObject([{ part: 'database', msg: 'a part of the bot is in trouble' }]);
  expect(reports).toMatchObject([['health.changed', {}, { tone: 'bad' }]]);
  expect(JSON.stringify(reports)).toContain('of database');
  expect(JSON.stringify(reports)).not.toContain('of pool');
});

test('a part that is well again is reported too', async () => {
  const { lines, reports } = await look(stateOf([], ['gateway']));
  expect(lines).toMatchObject([{ part: 'gateway', msg: 'a part of the bot is well again' }]);
  expect(reports).toMatchObject([['health.changed', {}, { tone: 'good' }]]);
  expect(JSON.stringify(reports)).toContain('health.ok');
});
