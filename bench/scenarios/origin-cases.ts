import { startWorkers } from '../../src/workers/offload.ts';
import type { SentRules } from '../../src/workers/rules/verdict.ts';
import type { Fact } from '../facts/fact.ts';
import { floodRules } from '../load/flood-rules.ts';
import { ORIGIN_CASES } from '../load/messages.ts';
import { Latencies } from '../measure/latencies.ts';
import { defineScenario } from '../scenario.ts';

const TIMES = 500;
const WARM_UPS = 100;
const BAR_MS = 5;

/**
 * The messages that stop the bot whose guide this one follows, for seconds and for a minute: from their hand-over to their verdict, by a
 * hundred rules, with harmful commands among what they look for. Then a third that stops it when it is edited.
 */
export default defineScenario({
  kind: 'facts',
  about:
    'Messages that freeze a bot that looks for harmful commands with a regex on its event loop, judged by 100 rules',
  takesSeconds: 15,
  async *run({ signal }): AsyncGenerator<Fact> {
    await using workers = await startWorkers({ threads: 2 });
    const rules = floodRules().map((rule) => JSON.stringify(rule));
    const compiled = await workers.offload('compileRules', { rules, lists: [] }, { signal });
    const sent: SentRules = { version: 'origin', buffer: compiled.buffer, domains: { version: 'none', lists: [] } };
    for (const [name, text] of Object.entries(ORIGIN_CASES)) {
      const took = new Latencies();
      for (let time = 0; time < WARM_UPS + TIMES; time++) {
        const began = performance.now();
        await workers.offload('judgeMessage', inputOf(text, sent), { signal });
        if (time >= WARM_UPS) took.record(performance.now() - began);
      }
      const { p50, p99 } = took.percentiles();
      yield { what: `${name}: verdict, p50`, value: p50, unit: 'ms' };
      yield { what: `${name}: verdict, p99`, value: p99, unit: 'ms', bar: BAR_MS };
    }
  },
});

function inputOf(text: string, rules: SentRules) {
  const author = { id: '123456789012345678', roles: [], accountMs: 1e12, joinedMs: 1e12 };
  return { rules, text, author, channel: { id: '123456789012345678' }, edited: false, forwarded: false, count: true };
}
