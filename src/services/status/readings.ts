import type { Context } from '../../context.ts';

/** Lets the metrics read what others own. Disposing it lets go. */
export function connectReadings({
  metrics,
  monitor,
  inFlight,
  workers,
  backtracking,
  database,
  gateway,
  discord,
  inspector,
  externalData,
  now,
  pipeline,
}: Context): Disposable {
  const since = monitor.window();
  const lanes = () => {
    const third = backtracking.stats();
    return Object.entries({ ...workers.stats(), ...(third && { backtracking: third }) });
  };
  const readings = [
    since,
    metrics.loopDelay.from(() => {
      const { p50, p99, p999, max } = since.stats();
      since.reset();
      return [
        [{ quantile: '0.5' }, p50 / 1_000],
        [{ quantile: '0.99' }, p99 / 1_000],
        [{ quantile: '0.999' }, p999 / 1_000],
        [{ quantile: '1' }, max / 1_000],
      ] as const;
    }),
    metrics.tasksInFlight.from(() => [[{}, inFlight.size]]),
    metrics.queueDepth.from(() => lanes().map(([lane, { queued }]) => [{ lane }, queued] as const)),
    metrics.threads.from(() =>
      lanes().flatMap(([lane, { threads, busy, stuck }]) => [
        [{ lane, state: 'busy' }, busy] as const,
        [{ lane, state: 'idle' }, Math.max(0, threads - busy)] as const,
        [{ lane, state: 'stuck' }, stuck] as const,
      ]),
    ),
    metrics.files.from(() => {
      const { underWay, waiting } = inspector.admission.stats();
      return [
        [{ state: 'under way' }, underWay],
        [{ state: 'waiting' }, waiting],
      ] as const;
    }),
    metrics.fileBytes.from(() => [[{}, inspector.admission.stats().bytes]]),
    metrics.databaseAway.from(() => [[{}, database.away ? 1 : 0]]),
    database.onAway((away) => {
      if (away) metrics.databaseOutages.inc({});
    }),
    metrics.restWaiting.from(() =>
      (['timers', 'jobs'] as const).map((lane) => [{ lane }, gateway.lanes.waiting(lane)] as const),
    ),
    metrics.gatewayPing.from(() => (gateway.pingMs === undefined ? [] : [[{ shard: 'all' }, gateway.pingMs / 1_000]])),
    metrics.caches.from(() => [
      [{ cache: 'servers' }, discord.guilds.cache.size],
      [{ cache: 'channels' }, discord.channels.cache.size],
      [{ cache: 'users' }, discord.users.cache.size],
    ]),
    metrics.externalAge.from(() =>
      externalData
        .states()
        .flatMap(({ name, checkedAt }) =>
          checkedAt ? [[{ name }, (now().getTime() - checkedAt.getTime()) / 1_000] as const] : [],
        ),
    ),
    metrics.externalEntries.from(() => externalData.states().map(({ name, entries }) => [{ name }, entries] as const)),
    metrics.messageQueue.from(() => [[{}, pipeline.waiting]]),
  ];
  return {
    [Symbol.dispose]: () => {
      for (const reading of readings) reading[Symbol.dispose]();
    },
  };
}
