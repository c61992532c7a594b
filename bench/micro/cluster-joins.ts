import { snowflakeAt } from '../../src/lib/snowflake.ts';
import clusterJoins from '../../src/workers/tasks/cluster-joins.ts';
import { defineMicro, sized } from '../micro.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const rate = { least: 10, withinMs: 60_000 };

const joins = (length: number, name: (at: number) => string, bornMs: (at: number) => number) =>
  Array.from({ length }, (_, at) => ({
    id: snowflakeAt(NOW - bornMs(at)),
    name: name(at),
    shown: '',
    avatar: at % 3 === 0 ? 'a0c1' : '',
    at: NOW + at * 60,
  }));

/** `length` is how many have joined. */
export default defineMicro({
  task: clusterJoins,
  about: 'which of those who have joined belong together',
  inputs: {
    'a row of accounts': sized(
      (length) => ({
        joins: joins(
          length,
          (at) => `skua_${at}`,
          (at) => HOUR_MS + at * 1_000,
        ),
        ...rate,
      }),
      [10, 100, 1_000],
    ),
    'names of all kinds': sized(
      (length) => ({
        joins: joins(
          length,
          (at) => `${((at * 7_919) % 99_991).toString(26)}gull${at % 10}`,
          (at) => ((at * 37) % 900) * DAY_MS,
        ),
        ...rate,
      }),
      [10, 100, 1_000],
    ),
  },
});
