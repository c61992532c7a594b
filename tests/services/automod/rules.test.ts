import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { readRules, ruleChanges, touchRules } from '../../../src/db/automod-rules.ts';
import type { Database } from '../../../src/db/connect.ts';
import { BusyError, DeadlineError, TaskError } from '../../../src/lib/errors.ts';
import { InFlight } from '../../../src/lib/in-flight.ts';
import type { CompiledRules } from '../../../src/services/automod/compiled-rules.ts';
import { AutomodLists } from '../../../src/services/automod/lists.ts';
import { openRuleSets, type RuleSets } from '../../../src/services/automod/rules.ts';
import { startWorkers, type Workers } from '../../../src/workers/offload.ts';
import type { Rule } from '../../../src/workers/rules/schema.ts';
import { freshDatabase, opened, silent } from '../../database.ts';
import { lentThreads } from '../../lent-threads.ts';
import { ruleOf } from '../../workers/rules/judging.ts';
import { storeRules } from './stored-rules.ts';

const GUILD = '300000000000000001';
const MEMBER = '400000000000000001';
const NO_LISTS = { domainLists: () => [], listsVersion: () => '' };

function word(term: string, more: Partial<Rule> = {}): Rule {
  return ruleOf({ when: { type: 'words', terms: [term], match: 'word' }, ...more });
}

/** What calls of threads fail with, and what they wait for. */
interface Failing {
  error?: Error;
  gate?: Promise<void>;
}

/** What a process has: threads, of which each call fails while there is an error, and the rules as they are compiled for them. */
async function openProcess(database: Database, failing: Failing = {}) {
  const stack = new AsyncDisposableStack();
  const workers = stack.use(await startWorkers({ threads: 2, openThreads: lentThreads }));
  const asked: Record<string, number> = {};
  const offload = workers.offload.bind(workers);
  workers.offload = async (name, ...rest) => {
    asked[name] = (asked[name] ?? 0) + 1;
    if (failing.error) throw failing.error;
    await failing.gate;
    return await offload(name, ...rest);
  };
  const inFlight = stack.use(new InFlight());
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const retries = { soon: { firstMs: 1, maxMs: 5 }, seldom: { firstMs: 1, maxMs: 5 } };
  const rules = stack.use(await openRuleSets({ database, workers, inFlight, log, lists: NO_LISTS, retries }));
  return { rules, workers, asked, log: lines, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The numbers of the rules that a text is a hit for, in the version given. */
async function hitsOf(workers: Workers, compiled: CompiledRules | null | undefined, text: string) {
  if (!compiled) return undefined;
  const verdict = await workers.offload('judgeMessage', {
    rules: compiled.sent,
    text,
    author: { id: MEMBER, roles: [], accountMs: 0 },
    channel: { id: '500000000000000001' },
    edited: false,
    forwarded: false,
    count: false,
  });
  return verdict.hits.map(({ rule }) => compiled.rules[rule]?.name);
}

/** For what other processes hear of in a moment, on a machine that has much else to do. */
const WAIT = { timeout: 60_000, interval: 10 };

/** Resolves with the rules of the version, or a later one, once they hold. */
function untilVersion(rules: RuleSets, version: number): Promise<CompiledRules | null | undefined> {
  return vi.waitFor(async () => {
    const { rules: compiled } = await rules.settled(GUILD);
    expect(compiled?.version).toBeGreaterThanOrEqual(version);
    return compiled;
  }, WAIT);
}

test('rules are compiled with the first question, and once a version', async () => {
  await using database = await freshDatabase();
  await storeRules(database, GUILD, [word('fish', { name: 'No fish' })], MEMBER);
  await using process = await openProcess(database);
  const { rules, workers } = process;
  expect(rules.peek('300000000000000002')).toBe(null);
  expect(rules.peek(GUILD)).toBe(undefined);
  const [compiled, same] = await Promise.all([rules.of(GUILD), rules.of(GUILD)]);
  expect(same).toBe(compiled);
  expect(rules.peek(GUILD)).toBe(compiled);
  expect(await hitsOf(workers, compiled, 'a FISH!')).toEqual(['No fish']);
  expect(process.asked.compileRules).toBe(1);
});

test('what one process changes holds in all that share the database, from the next message on', async () => {
  await using database = await freshDatabase();
  await using second = await opened({ url: database.url, dataDir: '', log: silent }, async () => {});
  await using here = await openProcess(database);
  await using there = await openProcess(second);
  const version = await storeRules(database, GUILD, [word('fish')]);
  expect(await hitsOf(there.workers, await untilVersion(there.rules, version), 'fish')).toHaveLength(1);
  const next = await storeRules(second, GUILD, [word('bird')]);
  expect(await hitsOf(here.workers, await untilVersion(here.rules, next), 'fish')).toEqual([]);
  expect(await hitsOf(here.workers, here.rules.peek(GUILD), 'bird')).toHaveLength(1);
  await storeRules(database, GUILD, []);
  await vi.waitFor(() => expect(there.rules.peek(GUILD)).toBe(null));
});

test('a change of a list that rules name has them compiled anew', async () => {
  await using database = await freshDatabase();
  await using process = await openProcess(database);
  const { rules, asked } = process;
  await untilVersion(rules, await storeRules(database, GUILD, [word('fish')]));
  const version = await database.begin((tx, notify) => touchRules({ tx, notify }, GUILD));
  expect(await untilVersion(rules, version)).toMatchObject({ version: 2 });
  expect(asked.compileRules).toBe(2);
});

test('under load every message is judged by one version as a whole', async () => {
  await using database = await freshDatabase();
  await using process = await openProcess(database);
  const { rules, workers } = process;
  const pair = (at: number) => [word(`a${at}`, { name: `${at}` }), word(`b${at}`, { id: 'bbbbbbbb', name: `${at}` })];
  await untilVersion(rules, await storeRules(database, GUILD, pair(0)));
  const everything = Array.from({ length: 20 }, (_, at) => `a${at} b${at}`).join(' ');
  let changing = true;
  let judged = 0;
  const load = async () => {
    while (changing) {
      const hit = await hitsOf(workers, rules.peek(GUILD), everything);
      expect(hit).toHaveLength(2);
      expect(new Set(hit).size).toBe(1);
      judged++;
    }
  };
  const loads = Array.from({ length: 8 }, load);
  const change = async () => {
    let version = 0;
    for (let at = 1; at < 20; at++) version = await storeRules(database, GUILD, pair(at));
    return await untilVersion(rules, version);
  };
  const last = await change().finally(() => {
    changing = false;
  });
  await Promise.all(loads);
  expect(judged).toBeGreaterThan(0);
  expect(await hitsOf(workers, last, everything)).toEqual(['19', '19']);
});

test('a burst of changes is no burst of builds: what comes while one is under way is in the next', async () => {
  await using database = await freshDatabase();
  const gate = Promise.withResolvers<void>();
  await using process = await openProcess(database, { gate: gate.promise });
  const { rules, asked } = process;
  await storeRules(database, GUILD, [word('fish')]);
  await vi.waitFor(() => expect(asked.compileRules).toBe(1));
  let version = 0;
  for (let at = 0; at < 10; at++) version = await storeRules(database, GUILD, [word(`bird${at}`)]);
  rules.heard(`${GUILD} ${version}`);
  gate.resolve();
  const compiled = await untilVersion(rules, version);
  expect(await hitsOf(process.workers, compiled, 'bird9')).toHaveLength(1);
  expect(asked.compileRules).toBe(2);
});

test('a rule that is broken is told of, and the others hold', async () => {
  await using database = await freshDatabase();
  const bad = ruleOf({ id: 'bbbbbbbb', when: { type: 'words', list: 'gone', match: 'word' } });
  await storeRules(database, GUILD, [bad, word('fish')]);
  await using process = await openProcess(database);
  const compiled = await process.rules.of(GUILD);
  expect(process.log.join()).toContain('rules of a server are broken');
  expect(compiled?.broken).toEqual([
    { id: 'bbbbbbbb', problem: { path: '/when/list', code: 'noSuchList', params: { name: 'gone' } } },
  ]);
  expect(await hitsOf(process.workers, compiled, 'fish')).toHaveLength(1);
});

test('where the newest cannot be compiled, what held before holds on, and it is said why', async () => {
  await using database = await freshDatabase();
  const failing: Failing = {};
  await using process = await openProcess(database, failing);
  const { rules } = process;
  const good = await untilVersion(rules, await storeRules(database, GUILD, [word('fish')]));
  failing.error = new TaskError('more words than there is memory for');
  await storeRules(database, GUILD, [word('bird')]);
  await vi.waitFor(async () => expect((await rules.settled(GUILD)).failure).toBe(failing.error));
  expect(rules.peek(GUILD)).toBe(good);
  delete failing.error;
  const version = await storeRules(database, GUILD, [word('crab')]);
  expect((await untilVersion(rules, version))?.version).toBe(version);
  expect((await rules.settled(GUILD)).failure).toBe(undefined);
});

test.each([
  new BusyError('the queue is full'),
  new DeadlineError('compileRules took over 30000 ms'),
  new TaskError('compileRules failed'),
])(
  'where nothing was compiled yet and that fails (%s), it is tried again by itself, and nobody takes it that there are no rules',
  async (error) => {
    await using database = await freshDatabase();
    await storeRules(database, GUILD, [word('fish')]);
    const failing: Failing = { error };
    await using process = await openProcess(database, failing);
    await expect(process.rules.of(GUILD)).rejects.toBe(error);
    expect(process.rules.peek(GUILD)).toBe(undefined); // not known, rather than none
    await vi.waitFor(() => expect(process.asked.compileRules).toBeGreaterThan(3));
    await storeRules(database, GUILD, []);
    await vi.waitFor(() => expect(process.rules.peek(GUILD)).toBe(null));
    const version = await storeRules(database, GUILD, [word('fish')]);
    delete failing.error;
    expect(await untilVersion(process.rules, version)).toMatchObject({ version });
  },
);

test('every change is kept with who made it and when, rule by rule', async () => {
  await using database = await freshDatabase();
  const [fish, bird] = [word('fish'), word('bird', { id: 'bbbbbbbb' })];
  await storeRules(database, GUILD, [fish, bird], MEMBER);
  await storeRules(database, GUILD, [bird]);
  const changes = await ruleChanges(database.db, GUILD, { limit: 10 });
  expect(changes.map(({ version, by }) => [version, by])).toEqual([
    [2, null],
    [1, MEMBER],
  ]);
  expect(changes[0]?.rules.map(({ id, before, after }) => [id, before !== null, after !== null])).toEqual([
    ['abcdefgh', true, false],
    ['bbbbbbbb', true, true],
  ]);
  expect(await ruleChanges(database.db, GUILD, { limit: 10, version: 1 })).toHaveLength(1);
  expect(changes[0]?.at).toBeInstanceOf(Date);
  expect((await readRules(database.db, GUILD)).rules.map(({ rule }) => JSON.parse(rule))).toEqual([bird]);
});

test('a rule looks for the words of its list from when that is there, and as it changes', async () => {
  await using database = await freshDatabase();
  await storeRules(database, GUILD, [ruleOf({ name: 'Listed', when: { type: 'words', list: 'fish', match: 'word' } })]);
  await using process = await openProcess(database);
  const { rules, workers } = process;
  const lists = new AutomodLists({ database, workers, rules });
  const { signal } = new AbortController();
  const order = { guild: GUILD, name: 'fish', kind: 'words', how: 'add', by: MEMBER } as const;
  expect((await rules.of(GUILD))?.broken).toMatchObject([{ id: 'abcdefgh', problem: { code: 'noSuchList' } }]);
  const until = (hits: readonly string[]) =>
    vi.waitFor(async () => {
      const { rules: compiled } = await rules.settled(GUILD);
      expect(await hitsOf(workers, compiled, 'h\u200bErring, cod')).toEqual(hits);
    }, WAIT);
  await lists.change({ ...order, typed: 'herring' }, signal);
  await until(['Listed']);
  await lists.change({ ...order, how: 'remove', typed: 'Herring' }, signal);
  await until([]);
  const [change] = await lists.changes(GUILD, { limit: 1 });
  await lists.undo({ guild: GUILD, id: change?.id ?? '', by: MEMBER });
  await until(['Listed']);
});
