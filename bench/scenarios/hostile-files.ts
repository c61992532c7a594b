import type { Fact } from '../facts/fact.ts';
import { type Cost, InspectingBot } from '../facts/inspecting.ts';
import { hostileFiles, type Prepared } from '../load/hostile-files.ts';
import { defineScenario } from '../scenario.ts';

const BARS = { answerMs: 2_000, growthMb: 150, loopP99Ms: 20 };
const BYTES_PER_MB = 1_048_576;
/** A plain file first, so that what is only loaded once is not held against the first hostile one. */
const PLAIN = { what: 'a plain text', name: 'a.txt', bytes: new TextEncoder().encode('hello') };
const WARM_UPS = 8;

/**
 * What files cost that are made to do harm: one after the other on an idle bot, then all of them at once. Then they wait
 * for each other, and only their last answer is told.
 */
export default defineScenario({
  kind: 'facts',
  about: 'Hostile files through /inspect: time to the answer, growth of memory, delay of the main loop',
  takesSeconds: 150,
  async *run(bench) {
    const files = await hostileFiles();
    await using bot = await InspectingBot.start(bench);
    for (let round = 0; round < WARM_UPS; round++) await bot.inspect([{ ...PLAIN, name: `${round}.txt` }]);
    const costs: Cost[] = [];
    for (const file of files) {
      bench.signal.throwIfAborted();
      const cost = await bot.inspect([file]);
      costs.push(cost);
      yield* factsOf(file.what, cost, BARS.answerMs);
    }
    yield* together(costs);
    yield* factsOf('all at once', await bot.inspect(files.map(renamed)), undefined);
  },
});

/**
 * Against the lowest level until then: what the start has left goes at a time of its own. What stays is mostly programs,
 * each of which is loaded with the first file that needs it.
 */
function* together(costs: readonly Cost[]): Generator<Fact> {
  const unit = 'MB';
  let [lowest, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { before, growth } of costs) {
    lowest = Math.min(lowest, before);
    most = Math.max(most, before + growth - lowest);
  }
  yield { what: 'all one after the other: memory at most', value: most / BYTES_PER_MB, unit, bar: BARS.growthMb };
  const last = costs.at(-1)?.before ?? lowest;
  yield { what: 'all one after the other: what stays', value: (last - lowest) / BYTES_PER_MB, unit };
}

/** Under another name: what has been opened once under the same is not opened again. */
function renamed({ what, name, bytes }: Prepared): Prepared {
  return { what, name: `again-${name}`, bytes };
}

function* factsOf(what: string, { answerMs, growth, loopP99 }: Cost, bar: number | undefined): Generator<Fact> {
  yield { what: `${what}: answer`, value: Math.max(...answerMs), unit: 'ms', ...(bar !== undefined && { bar }) };
  yield { what: `${what}: memory`, value: growth / BYTES_PER_MB, unit: 'MB', bar: BARS.growthMb };
  yield { what: `${what}: loop p99`, value: loopP99, unit: 'ms', bar: BARS.loopP99Ms };
}
