import type { StoredRules } from '../../db/automod-rules.ts';
import type { Db } from '../../db/connect.ts';
import type { Workers } from '../../workers/offload.ts';
import type { RuleProblem } from '../../workers/rules/problem.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { SentRules } from '../../workers/rules/verdict.ts';
import type { ExternalData } from '../external/external-data.ts';
import { namedLists } from './named-lists.ts';
import type { Judging } from './rule-source.ts';

/** The lists of dangerous domains that hold for all servers. */
export type Lists = Pick<ExternalData, 'domainLists' | 'listsVersion'>;

interface Sources {
  readonly database: { readonly db: Db };
  readonly workers: Workers;
  readonly lists: Lists;
}

/** A rule that cannot be used as it is kept: it never matches until that is mended. */
interface BrokenRule {
  readonly id: string;
  readonly problem: RuleProblem;
}

const DEADLINE_MS = 30_000;
const NO_LISTS: SentRules['domains'] = { version: '', lists: [] };

/** A server's rules of one version, as they are sent to threads. Never changed: what comes after is another. */
export class CompiledRules implements Judging {
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly broken: readonly BrokenRule[];
  readonly #lists: Lists | undefined;
  #sent: SentRules;

  constructor(
    { version, rules, broken }: Pick<CompiledRules, 'version' | 'rules' | 'broken'>,
    buffer: SharedArrayBuffer,
    lists: Lists | undefined,
  ) {
    this.version = version;
    this.rules = rules;
    this.broken = broken;
    this.#lists = lists;
    this.#sent = { version: crypto.randomUUID(), buffer, domains: NO_LISTS };
  }

  /** The same object until a list of dangerous domains changes: what is the same crosses once in a batch. */
  get sent(): SentRules {
    const version = this.#lists?.listsVersion() ?? '';
    if (version !== this.#sent.domains.version)
      this.#sent = { ...this.#sent, domains: { version, lists: [...(this.#lists?.domainLists() ?? [])] } };
    return this.#sent;
  }

  get bytes(): number {
    return this.#sent.buffer.byteLength;
  }
}

/** Compiles rules with the word lists they name; nothing where none is on. TaskError when they need more memory than there may be. */
export async function compileRules(
  { database, workers, lists }: Sources,
  guild: string,
  { version, rules: stored }: StoredRules,
  signal: AbortSignal,
): Promise<CompiledRules | undefined> {
  const texts = stored.map(({ rule }) => rule);
  const rules = texts.map((text) => JSON.parse(text) as Rule); // it was looked through when it was stored
  if (!rules.some(({ enabled }) => enabled)) return undefined;
  const input = { rules: texts, lists: [...(await namedLists(database.db, guild, texts, signal))] };
  const { buffer, problems, listed } = await workers.offload('compileRules', input, {
    signal,
    deadlineMs: DEADLINE_MS,
  });
  const broken = problems.map(({ rule, problem }) => ({ id: rules[rule]?.id ?? '', problem }));
  return new CompiledRules({ version, rules, broken }, buffer, listed ? lists : undefined);
}
