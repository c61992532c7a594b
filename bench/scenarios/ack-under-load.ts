import { inspect } from '../load/inspect.ts';
import { logFiles } from '../load/logs.ts';
import { defineScenario } from '../scenario.ts';

/**
 * How long a person waits for an answer while every core is busy with tasks. The binary has no way in for the bench, so
 * there people keep it busy with logs of 1 MB each: some 80 ms of a thread's time.
 */
export default defineScenario({
  kind: 'ack',
  about: '/ping every 50 ms while the pool is kept full with CPU-bound tasks',
  modes: ['offload', 'inline', 'floor', 'busy-floor'],
  burn: { iterations: 400_000 },
  load: async ({ mode, runtime, slash, keep }) => {
    if (runtime !== 'binary' || mode !== 'offload') return undefined;
    const next = logFiles(1_000_000);
    return () => keep(6, () => inspect(next(), slash));
  },
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  quick: { rounds: 1, seconds: 2.5 },
  ci: { rounds: 1, seconds: 2.5 },
});
