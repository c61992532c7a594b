import type { Fact } from '../facts/fact.ts';
import { LOG_STORM, logStorm } from '../facts/log-storm.ts';
import { startTimerDatabase } from '../facts/timer-database.ts';
import { defineScenario } from '../scenario.ts';

const EVENTS = LOG_STORM.perSecond * LOG_STORM.seconds;
const US_PER_MS = 1_000;

/** Three hundred deleted messages a second, told in one channel at Discord's rate limits; the same without anybody being told. */
export default defineScenario({
  kind: 'facts',
  about: `${LOG_STORM.perSecond} deleted messages a second for ${LOG_STORM.seconds} s into one channel of event logs, at Discord’s rate limits`,
  takesSeconds: 110,
  async *run(bench): AsyncGenerator<Fact> {
    await using database = await startTimerDatabase(bench);
    const without = await logStorm(bench, database, false);
    const { told, messages, limited, mainMs, behindMs, ack, loop } = await logStorm(bench, database, true);
    const inOrder = told.filter((at, index) => index === 0 || at > (told[index - 1] ?? -1)).length;
    yield { what: `events told of ${EVENTS}`, value: told.length, unit: 'in all', least: EVENTS };
    yield { what: 'of them after the one before', value: inOrder, unit: 'in all', least: EVENTS };
    yield { what: 'messages for them', value: messages, unit: 'in all' };
    yield { what: 'requests refused for their number', value: limited, unit: 'in all', bar: 0 };
    yield { what: 'from the last event to the last message', value: behindMs / 1_000, unit: 's' };
    yield { what: 'ack of /ping meanwhile, p99', value: ack.p99, unit: 'ms' };
    yield { what: 'ack of /ping where nobody is told, p99', value: without.ack.p99, unit: 'ms' };
    if (loop) yield { what: "the bot's event loop meanwhile, p99", value: loop.p99, unit: 'ms' };
    if (mainMs === undefined || without.mainMs === undefined) {
      yield { what: 'main thread per event', skipped: 'the system does not tell the time of threads' };
      return;
    }
    const perEvent = (mainMs - without.mainMs) / EVENTS;
    yield {
      what: `main thread per event (${Math.round(perEvent * US_PER_MS)} µs)`,
      value: perEvent,
      unit: 'ms',
      bar: 0.1,
    };
  },
});
