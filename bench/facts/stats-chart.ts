import type { Db } from '../../src/db/pool.ts';
import { serverFacts } from '../../src/services/stats/server-facts.ts';
import { spanOf } from '../../src/services/stats/span.ts';
import type { StatsChart } from '../../src/workers/chart/stats-chart.ts';
import drawStats from '../../src/workers/tasks/draw-stats.ts';
import { BenchError } from '../bench-error.ts';
import { Latencies } from '../measure/latencies.ts';

const GUILD = '100000000000000001';
const MEMBERS = 20_000;
const DAYS = 360;

/** So many sums of what members wrote in a server within a year, the messages of its hours, and who joined. */
export async function addEvents(db: Db, count: number): Promise<void> {
  await db`
    insert into activity (guild_id, member_id, channel_id, day, messages, words, links, mentions)
    select ${GUILD}, 1000 + n % ${MEMBERS}::int, 1 + n / ${MEMBERS}::int, current_date - (n::bigint * 7919 % ${DAYS}::int)::int, 1, 5, 0, 0
    from generate_series(0, ${count - 1}::int) n`;
  await db`
    insert into server_days (guild_id, day, what, amount)
    select ${GUILD}, current_date - day, 'hour-' || hour, 1 + (day * 7 + hour * 13) % 200
    from generate_series(0, ${DAYS}::int) day, generate_series(0, 23) hour`;
  await db`
    insert into server_days (guild_id, day, what, amount)
    select ${GUILD}, current_date - day, what, 10 + day % 7 from generate_series(0, ${DAYS}::int) day, unnest(array['joins', 'leaves']) what`;
  await db`
    insert into member_joins (guild_id, member_id, joined_at, left_at)
    select ${GUILD}, 1000 + n, now() - n * interval '20 minutes', case when n % 3 = 0 then now() end
    from generate_series(0, ${MEMBERS - 1}::int) n`;
  await db`analyze`;
}

/** How long everything that `/stats server` says of a year takes to find, and a chart of it to draw. */
export async function askStats(
  db: Db,
  times: number,
): Promise<{ readonly found: Latencies; readonly whole: Latencies }> {
  const [found, whole] = [new Latencies(), new Latencies()];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    const now = new Date();
    const { hours, sums } = await serverFacts(db, GUILD, spanOf('year', 'Europe/Berlin', now), now);
    if (hours.length !== 168 || sums.length === 0) throw new BenchError('statistics lack what was counted');
    found.record(performance.now() - began);
    const amounts = Array.from({ length: 7 }, (_, day) =>
      hours.slice(24 * day, 24 * day + 24).map((one) => one.amount),
    );
    const columns = Array.from({ length: 24 }, (_, hour) => String(hour));
    const chart: StatsChart = { kind: 'heat', rows: [...'1234567'], columns, amounts, percent: false };
    const drawn = await drawStats.run({ chart });
    if (!drawn.ok) throw new BenchError(`the chart cannot be drawn: ${drawn.error.message}`);
    whole.record(performance.now() - began);
  }
  return { found, whole };
}
