import drawStats from '../../src/workers/tasks/draw-stats.ts';
import { defineMicro } from '../micro.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

function heat(rows: number, columns: number) {
  const amounts = upTo(rows).map((y) => upTo(columns).map((x) => (x * 31 + y * 17) % 100));
  const names = { rows: upTo(rows).map((at) => `Row ${at}`), columns: upTo(columns).map(String) };
  return () => ({ chart: { kind: 'heat' as const, ...names, amounts, percent: false } });
}

function series(along: number, lines: number) {
  const one = (at: number) => ({ name: `Series ${at}`, as: 'bars' as const, amounts: upTo(along) });
  return () => ({
    chart: { kind: 'series' as const, stacked: true, along: upTo(along).map(String), series: upTo(lines).map(one) },
  });
}

export default defineMicro({
  task: drawStats,
  about: 'draws statistics of a server',
  inputs: {
    heat: { small: heat(1, 24), typical: heat(7, 24), limit: heat(60, 60) },
    series: { small: series(7, 1), typical: series(30, 3), limit: series(365, 8) },
  },
});
