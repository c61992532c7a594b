import { type CaseFilter, listCases } from '../../src/db/case-list.ts';
import { bannedByName } from '../../src/db/cases.ts';
import type { Db } from '../../src/db/pool.ts';
import { Latencies } from '../measure/latencies.ts';

const GUILD = '100000000000000001';
const OTHER = '100000000000000002';
const MODERATORS = 20;
const MEMBERS = 20_000;
const PAGE = 9;

/** Cases of one server, and a quarter as many of another; each reason has words that are in all, in some, and in few of them. */
export async function addCases(db: Db, count: number): Promise<void> {
  for (const [guild, own] of [
    [GUILD, count],
    [OTHER, count / 4],
  ] as const) {
    await db`
      insert into cases (
        guild_id, number, type, target_id, target_name, actor_id, actor_name, reason, source, created_at, state, settled_at, until,
        ended_at
      )
      select ${guild}, n, (array['warn', 'timeout', 'ban', 'kick', 'note'])[1 + n % 5], 1000 + n * 7919 % ${MEMBERS}::int, 'chinstrap' || n * 7919 % ${MEMBERS}::int,
        10 + n % ${MODERATORS}::int, 'gentoo',
        'broke a rule' || case when n % 10 = 0 then ' with links' else '' end || case when n % 1000 = 0 then ' about fish' else '' end
          || ' no' || n % 5000,
        'command', at, 'done', at, case when n % 5 = 1 then at + interval '1 hour' end, case when n % 5 = 2 and n % 50 <> 2 then at end
      from generate_series(1, ${own}::int) n, lateral (select now() - (${own}::int - n) * interval '1 minute' as at) made`;
  }
  await db`analyze cases`;
}

/** What is asked for by a name, with a filter that is another each time. */
type Question = (turn: number) => Omit<CaseFilter, 'guild'>;

const LISTS: Readonly<Record<string, Question>> = {
  'the newest': () => ({}),
  'of a member': (turn) => ({ target: String(1000 + ((turn * 7919) % MEMBERS)) }),
  'by a moderator': (turn) => ({ actor: String(10 + (turn % MODERATORS)) }),
  'of a type': (turn) => ({ type: ['warn', 'timeout', 'ban', 'kick', 'note'][turn % 5] }),
  'of a type that is nowhere': () => ({ type: 'softban' }),
  'that last': () => ({ lasting: { types: ['ban', 'timeout'], at: new Date() } }),
  'of months ago': () => ({ before: new Date(Date.now() - 100 * 86_400_000) }),
};

const SEARCHES: Readonly<Record<string, Question>> = {
  'a word that all have': () => ({ text: 'rule' }),
  'a word of a tenth': () => ({ text: 'links' }),
  'a word of a thousandth': () => ({ text: 'fish' }),
  'a word of forty': (turn) => ({ text: `no${turn % 5000}` }),
  'a word that is nowhere': () => ({ text: 'walrus' }),
  'a phrase and not a word': () => ({ text: '"with links" -fish' }),
  'a word of a tenth, of a member': (turn) => ({ text: 'links', target: String(1000 + ((turn * 7919) % MEMBERS)) }),
};

/** What somebody types who is about to lift a ban. */
const NAMES: Readonly<Record<string, (turn: number) => string>> = {
  'nothing typed yet': () => '',
  'a part that all names have': () => 'strap',
  'a name of few': (turn) => `strap${(turn * 7919) % MEMBERS}`,
  'a name that nobody has': (turn) => `walrus ${turn}`,
  'the beginning of an id': (turn) => String(10 + (turn % 90)),
};
/** As many as Discord takes. */
const MOST_CHOICES = 25;

export interface Asked {
  readonly what: string;
  readonly took: Latencies;
}

/** Asks each question over and over: the first page, and one that is turned to far back. */
export async function askLists(db: Db, times: number): Promise<readonly Asked[]> {
  return await askAll(db, LISTS, times);
}

export async function askSearches(db: Db, times: number): Promise<readonly Asked[]> {
  return await askAll(db, SEARCHES, times);
}

/** Asks who is banned and called so, as it is asked at each letter. */
export async function askNames(db: Db, times: number): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const [what, name] of Object.entries(NAMES)) {
    const took = new Latencies();
    for (let turn = 0; turn < times; turn += 1) {
      const began = performance.now();
      await bannedByName(db, { guild: GUILD, text: name(turn), limit: MOST_CHOICES });
      took.record(performance.now() - began);
    }
    asked.push({ what, took });
  }
  return asked;
}

async function askAll(db: Db, questions: Readonly<Record<string, Question>>, times: number): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const [what, question] of Object.entries(questions)) {
    const took = new Latencies();
    for (let turn = 0; turn < times; turn += 1) {
      const from = turn % 2 === 0 ? undefined : ({ to: 'older', number: 100_000 - turn } as const);
      const began = performance.now();
      await listCases(db, { ...question(turn), guild: GUILD }, { from, limit: PAGE });
      took.record(performance.now() - began);
    }
    asked.push({ what, took });
  }
  return asked;
}
