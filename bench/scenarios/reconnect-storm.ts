import type { Fact } from '../facts/fact.ts';
import { BREAKS, type BreakName, breakOver } from '../facts/reconnecting.ts';
import { barOf } from '../measure/bar.ts';
import { defineScenario } from '../scenario.ts';

/** How soon people are answered after the gateway has broken off, and whether who asks at that moment is. */
export default defineScenario({
  kind: 'facts',
  about: 'The gateway breaks off over and over: from the break to the first answer, the middle of several times',
  takesSeconds: 75,
  usual: true,
  async *run(bench): AsyncGenerator<Fact> {
    const floor = await breakOver(bench, 'floor');
    const bot = await breakOver(bench, 'bot');
    for (const name of Object.keys(BREAKS) as BreakName[]) {
      const [least, own] = [floor.recoveries[name], bot.recoveries[name]];
      yield { what: `${name}: the empty bot answers again after`, value: least.backMs, unit: 'ms' };
      const bar = Number(barOf(least.backMs).toFixed(1));
      yield { what: `${name}: the bot answers again after`, value: own.backMs, unit: 'ms', bar };
      yield { what: `${name}: at the most`, value: own.worstMs, unit: 'ms' };
      const kept = BREAKS[name].resumes ? { bar: 0 } : {};
      yield { what: `${name}: asked at that moment and never answered`, value: own.lost, unit: 'in all', ...kept };
    }
    if (bot.loop) yield { what: "the bot's event loop meanwhile, p99.9", value: bot.loop.p999, unit: 'ms', bar: 20 };
  },
});
