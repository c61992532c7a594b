import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import type { OptionValues } from '../../sandbox/server/verbs/option-values.ts';
import type { Bench } from '../bench.ts';
import { Latencies } from '../measure/latencies.ts';
import { untilReady } from '../processes/bots.ts';
import { botEnv } from '../processes/environment.ts';
import { botCommand } from '../processes/runtimes.ts';
import { fillArchive, wordsOfRanks } from './archived-messages.ts';
import type { TimerDatabase } from './timer-database.ts';

const COMMON = [2, 5, 11, 23, 47, 95];
const SOME = [400, 900, 1_500, 2_500, 4_000, 6_000];
const RARE = [12_000, 17_000, 23_000, 31_000, 39_000, 48_000];
/** An author who wrote much, and one who hardly wrote. */
const AUTHORS = ['5010', '24000'];

export interface AskedArchive {
  readonly what: string;
  readonly took: Latencies;
  /** How many of the answers showed a message. */
  readonly found: number;
}

/** Asks a bot, as members do, each question so often in turn; from the question to the whole answer. */
export async function searchThroughBot(
  bench: Bench,
  { url, db }: TimerDatabase,
  { count, times }: { readonly count: number; readonly times: number },
): Promise<readonly AskedArchive[]> {
  const { processes, scratch, root, options, signal } = bench;
  await using discord = await startSandbox({ port: 0, seed: 'demo', rateLimits: 'off' });
  const channels = ['general', 'random'].map((name) => discord.channels[name] ?? '');
  await fillArchive(db, { guild: discord.guildId, channels, count, now: Date.now() });
  const questions = await questionsOf(db);
  const env = { ...botEnv(discord, join(scratch, 'archive-search')), DATABASE_URL: url };
  const command = await botCommand(options.runtime, root, ['run']);
  await using bot = processes.start({ name: 'the bot (archive-search)', command, cwd: scratch, env });
  await untilReady(bot, signal);
  const people = Object.keys(discord.people).filter((name) => name.startsWith('extra'));
  const asked = Object.keys(questions).map((what) => ({ what, took: new Latencies(), found: 0 }));
  for (let turn = 0; turn < times; turn += 1) {
    for (const [at, one] of asked.entries()) {
      signal.throwIfAborted();
      const as = people[(turn * asked.length + at) % people.length] ?? 'member';
      const { ms, shown } = await ask(discord, questions[one.what]?.(turn) ?? {}, as);
      one.took.record(ms);
      one.found += shown ? 1 : 0;
    }
  }
  return asked;
}

async function ask(discord: Sandbox, options: OptionValues, as: string) {
  const began = performance.now();
  const { content } = await discord.slash('search messages', options, { as });
  return { ms: performance.now() - began, shown: /\/channels\/\d+\/\d+\/\d+/.test(content) };
}

type Question = (turn: number) => OptionValues;

async function questionsOf(db: TimerDatabase['db']): Promise<Readonly<Record<string, Question>>> {
  const [common, some, rare] = await Promise.all([COMMON, SOME, RARE].map((ranks) => wordsOfRanks(db, ranks)));
  const of = (words: readonly string[] | undefined, turn: number) => words?.[turn % words.length] ?? '';
  return {
    'a word that many have': (turn) => ({ text: of(common, turn) }),
    'a word that some have': (turn) => ({ text: of(some, turn) }),
    'a word that few have': (turn) => ({ text: of(rare, turn) }),
    'two words': (turn) => ({ text: `${of(common, turn)} ${of(some, turn + 1)}` }),
    'one word or another': (turn) => ({ text: `${of(some, turn)} or ${of(rare, turn)}` }),
    'a phrase': (turn) => ({ text: `"${of(common, turn)} ${of(common, turn + 1)}"` }),
    'a word and not another': (turn) => ({ text: `${of(some, turn)} -${of(common, turn)}` }),
    'the beginning of a word': (turn) => ({ text: `${of(some, turn).slice(0, 5)}*` }),
    'a word of an author': (turn) => ({ text: of(common, turn), author: AUTHORS[turn % 2] ?? '' }),
    'an author': (turn) => ({ author: AUTHORS[turn % 2] ?? '' }),
    'files of a month': (turn) => ({ has: 'file', from: `${60 + turn} days`, to: `${30 + turn} days` }),
    'a word with a typing error': (turn) => ({ text: swapped(of(some, turn)) }),
    'a word that is nowhere': (turn) => ({ text: `qqj${turn}hhw` }),
  };
}

/** As it comes out when two fingers are too quick. */
function swapped(word: string): string {
  return `${word.slice(0, 3)}${word[4] ?? ''}${word[3] ?? ''}${word.slice(5)}`;
}
