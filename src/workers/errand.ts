import type { Static, TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { Config } from '../config.ts';
import type { HttpClient } from '../lib/http-client.ts';
import { checked } from './task.ts';

/** What the I/O thread knows of the configuration: where the services are, and what opens them. */
export type ErrandConfig = Pick<Config, 'FEED_HOSTS' | 'GITHUB_URL' | 'GITHUB_TOKEN' | 'WIKIPEDIA_URL' | 'XKCD_URL'>;

/** So much of the configuration as errands need: no other secret gets there. */
export function errandConfig({ FEED_HOSTS, GITHUB_URL, GITHUB_TOKEN, WIKIPEDIA_URL, XKCD_URL }: Config): ErrandConfig {
  return { FEED_HOSTS, GITHUB_URL, WIKIPEDIA_URL, XKCD_URL, ...(GITHUB_TOKEN !== undefined && { GITHUB_TOKEN }) };
}

export interface ErrandTools {
  readonly http: HttpClient;
  readonly config: ErrandConfig;
  /** Aborted when the time is up or the caller gives up; to be handed to every request. */
  readonly signal: AbortSignal;
}

export interface Errand<I extends TSchema, O extends TSchema> {
  readonly input: I;
  readonly output: O;
  /** Checks, runs, checks again. Throws what it met: the thread's door turns that into data. */
  readonly run: (raw: unknown, tools: ErrandTools) => Promise<Static<O>>;
}

export type ErrandList = Readonly<Record<string, Errand<TSchema, TSchema>>>;

/** Something fetched from the outside and made small, in the I/O thread: schema in, schema out, both checked there. */
export function defineErrand<const I extends TSchema, const O extends TSchema>(errand: {
  readonly input: I;
  readonly output: O;
  readonly run: (input: Static<I>, tools: ErrandTools) => Promise<Static<O>>;
}): Errand<I, O> {
  const input = TypeCompiler.Compile(errand.input);
  const output = TypeCompiler.Compile(errand.output);
  return {
    ...errand,
    run: async (raw, tools) => checked(output, await errand.run(checked(input, raw, 'input'), tools), 'output'),
  };
}
