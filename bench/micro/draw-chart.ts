import drawChart from '../../src/workers/tasks/draw-chart.ts';
import { tableOf } from '../../tests/files/text.ts';
import { xlsxRows } from '../load/documents.ts';
import { LARGEST_FILE, LIMITS } from '../load/limits.ts';
import { defineMicro, sized } from '../micro.ts';

function chartOf(...columns: string[]) {
  return sized(
    (bytes) => ({ bytes: tableOf(bytes), name: 'people.csv', columns, limits: LIMITS }),
    [1_000, 100_000, LARGEST_FILE],
  );
}

const sheet = sized(
  (rows) => ({ bytes: xlsxRows(rows), name: 'people.xlsx', columns: ['score'], limits: LIMITS }),
  [10, 2_000, 200_000],
);

export default defineMicro({
  task: drawChart,
  about: 'draws columns of a table',
  inputs: {
    'histogram of numbers': chartOf('score'),
    'bars of names': chartOf('name'),
    'line over time': chartOf('when', 'score'),
    points: chartOf('id', 'score'),
    'histogram of a sheet': sheet,
  },
  works: ({ kind }) => kind === 'chart',
});
