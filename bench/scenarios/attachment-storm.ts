import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';
import type { Outcome } from '../driver/load-tally.ts';
import { inspect } from '../load/inspect.ts';
import { stormFiles, stormKinds } from '../load/storm-files.ts';
import { LEAST_RATIO } from '../measure/bar.ts';
import { defineScenario, type Tools } from '../scenario.ts';

const EVERY_MS = 50;
/** The kinds take seconds to make, and are the same for every round of a run. */
const kinds = once(stormKinds);

/**
 * How long a person waits for an answer, and what becomes of memory, while people have twenty files a second looked at:
 * 70 % under 100 KB, 25 % of about 1 MB, 5 % of 5 to 9 MB, every fiftieth made to bring the bot down. Every file of a
 * round is made before it, because copying megabytes would make the driver late. The floor says a word to each and
 * looks into none.
 */
export default defineScenario({
  kind: 'ack',
  about: '/ping every 50 ms while people have 20 files a second looked at, every fiftieth of them hostile',
  modes: ['offload', 'inline', 'floor'],
  load: async ({ seconds, mode, slash, arrive }) => {
    const next = stormFiles(await kinds());
    const ready = Array.from({ length: Math.ceil((seconds * 1_000) / EVERY_MS) }, next);
    const answered = mode === 'floor' ? greet : inspect;
    return () => arrive(EVERY_MS, () => answered(ready.shift() ?? next(), slash));
  },
  probe: ({ slash }) => slash('ping'),
  probeEveryMs: 50,
  leastRatio: LEAST_RATIO,
  own: { rounds: 2, seconds: 30 },
  quick: { rounds: 1, seconds: 4 },
  ci: { rounds: 1, seconds: 8 },
});

/** The same event for a bot that only says hello. */
async function greet(file: UploadedFile, slash: Tools['slash']): Promise<Outcome> {
  await slash('inspect', { file });
  return { kind: 'done' };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
