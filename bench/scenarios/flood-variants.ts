import { FLOOD, floodOf } from '../facts/variants.ts';
import { defineScenario } from '../scenario.ts';

const BAR_S = 2;
const MS_PER_S = 1_000;

/** How long a flood stands: the same in other words, from several people, in several channels. */
export default defineScenario({
  kind: 'facts',
  about: '50 variants of one message in 10 channels by 5 people within a second, each copy to be deleted',
  takesSeconds: 15,
  async *run(bench) {
    const { left, lastGoneMs, life } = await floodOf(bench);
    yield { what: `copies left of ${FLOOD.variants}`, value: left, unit: 'in all', bar: 0 };
    yield { what: 'the last is gone after the last was written', value: lastGoneMs / MS_PER_S, unit: 's', bar: BAR_S };
    yield { what: 'a copy stood for, p50', value: life.p50 / MS_PER_S, unit: 's' };
    yield { what: 'a copy stood for, at most', value: life.max / MS_PER_S, unit: 's' };
  },
});
