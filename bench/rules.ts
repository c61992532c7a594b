import type { SentRules } from '../src/workers/rules/verdict.ts';
import { shareBytes } from '../src/workers/shared-bytes.ts';
import compileRules from '../src/workers/tasks/compile-rules.ts';
import { BenchError } from './bench-error.ts';

const EXCEPT = { roles: [], channels: [], members: [], rank: 3 };

/** Rules of every kind as servers have them, JSON each; the first looks for the words of a list. */
export function manyRules(amount: number, list?: string): string[] {
  return Array.from({ length: amount }, (_, at) =>
    JSON.stringify({ ...rule(at), when: at === 0 && list ? listed(list) : conditionOf(at) }),
  );
}

/** A rule that looks for the words of a list, but for one of its own, as JSON. */
export function listedRule(at: number, list: string): string {
  return JSON.stringify({ ...rule(at), when: { ...listed(list), except: [`but ${at}`] } });
}

/** The same as a thread takes them, with a list of so many terms. */
export async function compiledRules(amount: number, listed: number): Promise<SentRules> {
  const lists = [{ name: 'long', kind: 'words' as const, bytes: shareBytes(terms(listed)) }];
  const outcome = await compileRules.run({ rules: manyRules(amount, 'long'), lists });
  if (!outcome.ok) throw new BenchError(`the rules cannot be compiled: ${outcome.error.message}`);
  return { version: `${amount} ${listed}`, buffer: outcome.value.buffer, domains: { version: '', lists: [] } };
}

/** So many terms that share beginnings, as words do, one a line. */
export function terms(amount: number): Uint8Array {
  const all = Array.from({ length: amount }, (_, at) => `${((at * 7_919) % 99_991).toString(26)}word ${at % 10}`);
  return new TextEncoder().encode(all.join('\n'));
}

function rule(at: number) {
  const id = Array.from({ length: 8 }, (_, place) =>
    String.fromCharCode(97 + (Math.floor(at / 26 ** place) % 26)),
  ).join('');
  const actions = [{ do: 'delete' }, { do: 'warn' }];
  return {
    id,
    name: `Rule ${at}`,
    enabled: true,
    mode: 'enforce',
    on: ['message', 'edit'],
    except: EXCEPT,
    actions,
    points: 1,
  };
}

function listed(list: string) {
  return { type: 'words', list, match: 'word' };
}

/** Every other one a pattern, the rest what servers ask for most. */
function conditionOf(at: number): object {
  if (at % 2 === 1) return patternOf(at);
  const kinds = KINDS[(at / 2) % KINDS.length];
  return kinds?.(at) ?? { type: 'zalgo' };
}

function patternOf(at: number) {
  const source = [
    `\\b(buy|sell)\\s+item${at}\\s+coins?\\b`,
    `ste+am${at}\\w*\\.(ru|com|gift)`,
    `fr[e3]+\\s+nitro ${at}`,
  ][at % 3];
  return { type: 'pattern', source, ignoreCase: true, of: 'canonical', engine: 'linear' };
}

const KINDS: readonly ((at: number) => object)[] = [
  (at) => ({
    all: [{ type: 'words', terms: [`scam ${at}`, `giveaway ${at}*`], match: 'word' }, { not: { type: 'thread' } }],
  }),
  () => ({ type: 'capitals', percent: 80, least: 20 }),
  (at) => ({ type: 'mentions', over: 5 + (at % 5), of: 'all' }),
  () => ({
    any: [
      { type: 'link', which: 'masked' },
      { type: 'link', which: 'lookalike' },
    ],
  }),
  (at) => ({
    all: [
      { type: 'account-age', underHours: 1 + at },
      { type: 'link', which: 'any' },
    ],
  }),
  () => ({ any: [{ type: 'invite', allow: [] }, { type: 'shell' }] }),
  (at) => ({ type: 'flood', copies: 3 + (at % 3), seconds: 20, by: 'anyone' }),
  () => ({
    any: [
      { type: 'emoji', over: 10 },
      { type: 'lines', over: 30 },
      { type: 'repeats', times: 12 },
    ],
  }),
];
