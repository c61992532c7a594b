import { Latencies } from '../../bench/measure/latencies.ts';
import { type AckRound, FORMAT, type Report, type ScenarioResult } from '../../bench/report/report.ts';

const NO_LOAD: AckRound['load'] = {
  ...{ sent: 0, done: 0, busy: 0, failed: 0, doneMeanwhile: 0 },
  took: new Latencies().percentiles(),
};

/** A round in which every answer took so long. */
export function roundOf(mode: AckRound['mode'], ms: readonly number[], more: Partial<AckRound> = {}): AckRound {
  const latencies = new Latencies();
  for (const one of ms) latencies.record(one);
  const calm = new Latencies();
  calm.record(1);
  const text = latencies.encode();
  return {
    mode,
    seconds: 10,
    sent: ms.length,
    ...{ lost: 0, refused: 0, deferred: 0 },
    ...{
      ack: latencies.percentiles(),
      answer: latencies.percentiles(),
      histograms: { ack: text, answer: text, took: new Latencies().encode() },
    },
    driver: { late: calm.percentiles(), loop: { p50: 1, p99: 2, p999: 3, max: 3 } },
    series: { latency: [], usage: [], loop: [], late: [] },
    ...{ tasks: 100, load: NO_LOAD, invalid: [] },
    ...more,
  };
}

/** A report of these scenarios. */
export function reportOf(scenarios: readonly ScenarioResult[]): Report {
  return {
    ...{ format: FORMAT, rockhopper: '1.0.0', runtime: 'bun', command: 'bun run bench', partial: false, scenarios },
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:10:00.000Z',
    machine: { cpu: 'a CPU', cores: 2, memoryBytes: 8e9, system: 'linux', loadBefore: 0.1 },
  };
}
