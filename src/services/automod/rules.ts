import { RULES_CHANNEL, readRules, serversWithRules } from '../../db/automod-rules.ts';
import { databaseError } from '../../db/away.ts';
import type { Database } from '../../db/connect.ts';
import { backoff } from '../../lib/backoff.ts';
import { BusyError, StoppingError } from '../../lib/errors.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import type { Logger } from '../../lib/log.ts';
import type { Workers } from '../../workers/offload.ts';
import type { Lists } from './compiled-rules.ts';
import { type CompiledRules, compileRules } from './compiled-rules.ts';
import type { RuleSource } from './rule-source.ts';

interface Opening {
  readonly database: Database;
  readonly workers: Workers;
  readonly inFlight: InFlight;
  readonly log: Logger;
  /** The lists of dangerous domains. */
  readonly lists: Lists;
  /** How long it waits until it tries again, where it may soon be well and where it may not. */
  readonly retries?: typeof RETRIES;
}

/** Bytes of compiled rules that a process keeps. What has not been used for longest is compiled again when it is needed. */
const MOST_KEPT = 512 * 1_048_576;
/** A build that failed for a while, and one whose own fault it may be: that takes a thread for long each time. Milliseconds. */
const RETRIES = { soon: { firstMs: 1_000, maxMs: 30_000 }, seldom: { firstMs: 10_000, maxMs: 15 * 60_000 } };

/** Fails so often in a row before the server is told. */
const TOLD_AFTER = 3;

/** What is known of one server. */
interface Server {
  /** What holds; null where no rule is on; undefined before it was compiled, where it could not be, or where it made room for others. */
  rules: CompiledRules | null | undefined;
  /** The last version that was read. */
  version: number;
  /** Whether there may be something newer to compile. */
  stale: boolean;
  building: Promise<void> | undefined;
  /** Why what is newest does not hold. */
  failure: unknown;
  failures: number;
  /** Which rules are broken and why, as it was last told. */
  told: string;
  retry: ReturnType<typeof setTimeout> | undefined;
}

/** What holds in a server, and why that is not the newest, where it is not. */
export type Standing = Readonly<Pick<Server, 'rules' | 'failure'>>;

/** Who hears of a server whose rules do not all hold. */
interface Ears {
  /** The newest cannot be compiled; once until they can. */
  readonly stuck: (guild: string, standing: Standing) => void;
  /** Some of them are broken, and others than before. */
  readonly broken: (guild: string, rules: CompiledRules) => void;
}

/** Opens the rules of all servers: which have any is known at once, compiled they are with the first message. */
export async function openRuleSets(opening: Opening): Promise<RuleSets> {
  using opened = new DisposableStack();
  const sets = opened.use(new RuleSets(opening));
  const listener = { heard: (told: string) => sets.heard(told), missed: () => sets.readSoon() };
  sets.owns(await opening.database.listen(RULES_CHANNEL, listener));
  await sets.read();
  opened.move();
  return sets;
}

/**
 * Each server's rules as threads take them, compiled once a version and process. Whatever anybody changes holds as soon as it is compiled,
 * all of it at once; until then, and where it cannot be compiled, what held before.
 */
export class RuleSets implements RuleSource, Disposable {
  readonly #opening: Opening;
  readonly #servers = new Map<string, Server>();
  #closed = false;
  #listening: Disposable | undefined;
  #ears: Ears | undefined;

  /** Use `openRuleSets`. */
  constructor(opening: Opening) {
    this.#opening = opening;
  }

  owns(listening: Disposable): void {
    this.#listening = listening;
  }

  /** From now on these hear of it. */
  tells(ears: Ears): void {
    this.#ears = ears;
  }

  /** What holds now, and what has kept something newer from it so far. */
  standing(guild: string): Standing {
    return this.#servers.get(guild) ?? { rules: null, failure: undefined };
  }

  peek(guild: string): CompiledRules | null | undefined {
    const server = this.#servers.get(guild);
    if (!server) return null;
    if (server.stale && !server.retry) this.#buildSoon(guild, server);
    // To the end: what has not been used for longest is at the front, and the first to go.
    this.#servers.delete(guild);
    this.#servers.set(guild, server);
    // That there were none is no answer while that may have changed: a message would pass for good.
    const unsure = server.stale || server.building !== undefined;
    return server.rules === null && unsure ? undefined : server.rules;
  }

  /** Rejects while they cannot be compiled and nothing held before. */
  async of(guild: string): Promise<CompiledRules | null> {
    const known = this.peek(guild);
    if (known !== undefined) return known;
    const { rules, failure } = await this.settled(guild);
    if (rules === undefined) throw failure ?? new StoppingError('the bot is stopping');
    return rules;
  }

  /** What holds when all that was changed until now is compiled, or could not be. */
  async settled(guild: string): Promise<Standing> {
    const server = this.#servers.get(guild);
    if (!server) return { rules: null, failure: undefined };
    if (server.stale && !server.retry) this.#buildSoon(guild, server);
    while (server.building) await server.building;
    return server;
  }

  /** Somebody has changed a server's rules: `<guild> <version>`. Whoever did it need not wait to be told. */
  heard(told: string): void {
    const [guild = '', version = ''] = told.split(' ');
    const server = this.#known(guild);
    if (Number(version) <= server.version) return;
    server.stale = true;
    clearTimeout(server.retry);
    server.retry = undefined;
    this.#buildSoon(guild, server);
  }

  /** Reads which servers have rules. */
  async read(): Promise<void> {
    for (const guild of await serversWithRules(this.#opening.database.db)) this.#known(guild);
  }

  /** The same in the background, after changes may have been missed: each server's rules are looked at with its next message. */
  readSoon(): void {
    const { inFlight, log } = this.#opening;
    for (const server of this.#servers.values()) server.stale = true;
    inFlight
      .track('automod rules', () => this.read())
      .catch((error: unknown) => log.warn({ error }, 'which servers have rules could not be read'));
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#listening?.[Symbol.dispose]();
    for (const { retry } of this.#servers.values()) clearTimeout(retry);
  }

  #known(guild: string): Server {
    const known = this.#servers.get(guild);
    if (known) return known;
    const server: Server = {
      rules: undefined,
      version: 0,
      stale: true,
      building: undefined,
      failure: undefined,
      failures: 0,
      told: '',
      retry: undefined,
    };
    this.#servers.set(guild, server);
    return server;
  }

  /** One build at a time of a server: what changes meanwhile is in the next. */
  #buildSoon(guild: string, server: Server): void {
    if (server.building || this.#closed) return;
    server.building = this.#opening.inFlight
      .track('compile automod rules', (signal) => this.#build(guild, server, signal))
      .catch((error: unknown) => this.#failed(guild, server, error))
      .then(() => {
        server.building = undefined;
        if (server.stale && !server.retry) this.#buildSoon(guild, server);
      });
  }

  async #build(guild: string, server: Server, signal: AbortSignal): Promise<void> {
    server.stale = false;
    const stored = await readRules(this.#opening.database.db, guild);
    server.version = stored.version;
    if (server.rules?.version !== stored.version) {
      server.rules = (await compileRules(this.#opening, guild, stored, signal)) ?? null;
      this.#tellOfBroken(guild, server);
      this.#makeRoom(server);
    }
    server.failure = undefined;
    server.failures = 0;
  }

  #tellOfBroken(guild: string, server: Server): void {
    const { rules, told } = server;
    const broken = rules?.broken ?? [];
    server.told = JSON.stringify(broken);
    if (!rules || broken.length === 0 || server.told === told) return;
    this.#opening.log.warn({ guild, broken }, 'rules of a server are broken, the others hold');
    this.#ears?.broken(guild, rules);
  }

  /** It is tried again, whatever it was: what held before holds on, and where nothing did nobody takes it that there are no rules. */
  #failed(guild: string, server: Server, error: unknown): void {
    server.failure = error;
    if (error instanceof StoppingError || this.#closed) {
      server.stale = true;
      this.#closed = true;
      return;
    }
    this.#opening.log.warn({ error, guild }, 'the rules of a server cannot be compiled, what held before holds on');
    const passing = databaseError(error) || error instanceof BusyError;
    const { soon, seldom } = this.#opening.retries ?? RETRIES;
    server.stale = true;
    if (server.failures === TOLD_AFTER - 1) this.#ears?.stuck(guild, server);
    server.retry = setTimeout(
      () => {
        server.retry = undefined;
        this.#buildSoon(guild, server);
      },
      backoff(server.failures++, passing ? soon : seldom),
    );
  }

  #makeRoom(latest: Server): void {
    let bytes = 0;
    for (const { rules } of this.#servers.values()) bytes += rules?.bytes ?? 0;
    for (const server of this.#servers.values()) {
      if (bytes <= MOST_KEPT) return;
      if (server === latest || !server.rules) continue;
      bytes -= server.rules.bytes;
      server.rules = undefined;
      server.stale = true;
    }
  }
}
