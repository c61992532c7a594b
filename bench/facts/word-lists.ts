import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { connect } from '../../src/db/connect.ts';
import { LoopMonitor } from '../../src/lib/loop-monitor.ts';
import { AutomodLists } from '../../src/services/automod/lists.ts';
import { namedLists } from '../../src/services/automod/named-lists.ts';
import { startWorkers } from '../../src/workers/offload.ts';
import { shareBytes } from '../../src/workers/shared-bytes.ts';
import { canonical } from '../../src/workers/text/canonical.ts';
import { buildAutomaton } from '../../src/workers/words/automaton.ts';
import { readTerm } from '../../src/workers/words/read-term.ts';
import { searchWords } from '../../src/workers/words/search.ts';
import type { Term } from '../../src/workers/words/term.ts';

import type { Bench } from '../bench.ts';
import { terms } from '../load/terms.ts';
import { Latencies } from '../measure/latencies.ts';
import type { Fact } from './fact.ts';
import { startTimerDatabase } from './timer-database.ts';

const GUILD = '100000000000000001';
const RULE = {
  id: 'abcdefgh',
  name: 'Words',
  on: ['message', 'edit'],
  when: { type: 'words', list: 'words', match: 'word' },
  except: { roles: [], channels: [], members: [], rank: 3 },
};
const WARM = 200;
const RUNS = 2_000;
/** Before something begins, so that what went before is not counted as its delay. */
const QUIET_MS = 200;

/** What it takes from a file to a list that is stored, from there to compiled rules, and how late the main loop is meanwhile. */
export async function* importFacts(bench: Bench, amount: number, late: number): AsyncGenerator<Fact> {
  await using postgres = await startTimerDatabase(bench);
  await using database = await connect({
    url: postgres.url,
    dataDir: '',
    log: pino({ level: 'silent' }),
    signal: bench.signal,
  });
  await using workers = await startWorkers({ threads: 2 });
  await workers.selfTest(); // a bot's threads have loaded everything, too
  const lists = new AutomodLists({ database, workers, rules: { heard: () => undefined } });
  const file = { name: 'words.txt', bytes: shareBytes(new TextEncoder().encode(terms(amount).join('\n'))) };
  const order = { guild: GUILD, name: 'words', kind: 'words', how: 'replace', by: '1', file } as const;
  yield* timed('a file of them is read and stored', late, () => lists.change(order, bench.signal));
  const rules = [JSON.stringify(RULE)];
  yield* timed('the list is read and rules that name it are compiled', late, async () => {
    const named = await namedLists(database.db, GUILD, rules, bench.signal);
    await workers.offload('compileRules', { rules, lists: [...named] }, { signal: bench.signal, deadlineMs: 30_000 });
  });
}

async function* timed(what: string, late: number, run: () => Promise<unknown>): AsyncGenerator<Fact> {
  using monitor = new LoopMonitor({ log: { warn: () => undefined } });
  await wait(QUIET_MS);
  using window = monitor.window();
  const began = performance.now();
  await run();
  yield { what, value: performance.now() - began, unit: 'ms' };
  yield { what: `${what}: the main loop is late, at most`, value: window.stats().max, unit: 'ms', bar: late };
}

/** What building the automaton takes by itself, how large it is, and what it takes to find all of its words in a message. */
export function* searchFacts(amount: number, letters: number, most: number): Generator<Fact> {
  const list = terms(amount);
  const spelt = list.flatMap((line): Term[] => {
    const term = readTerm(line, { kind: 'word', leet: false });
    return typeof term === 'string' ? [] : [term];
  });
  const began = performance.now();
  const automaton = buildAutomaton(spelt);
  yield { what: 'the automaton is built', value: performance.now() - began, unit: 'ms' };
  yield { what: 'the automaton takes', value: automaton.byteLength / 1e6, unit: 'MB' };
  const message = messageOf(list, letters);
  let found = 0;
  const search = () => searchWords(automaton, canonical(message, { leet: false }).text, () => ++found < 0);
  const took = new Latencies();
  for (let run = 0; run < WARM + RUNS; run++) {
    const start = performance.now();
    search();
    if (run >= WARM) took.record(performance.now() - start);
  }
  const { p50, p99 } = took.percentiles();
  yield { what: `words found in a message of ${letters} letters`, value: found / (WARM + RUNS), unit: 'in all' };
  yield { what: `a message of ${letters} letters, read and searched, p50`, value: p50, unit: 'ms', bar: most };
  yield { what: `a message of ${letters} letters, read and searched, p99`, value: p99, unit: 'ms', bar: most };
}

/** Every third word is one of the list's, the others begin like one. */
function messageOf(list: readonly string[], letters: number): string {
  const words = list.map((word, at) => (at % 3 === 0 ? word : `${word.slice(0, 5)}x`));
  const step = 7_919;
  let message = '';
  for (let at = 0; message.length < letters; at += step) message += `${words[at % words.length]} `;
  return message.slice(0, letters);
}
