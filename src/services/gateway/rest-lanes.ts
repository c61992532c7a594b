import { AsyncLocalStorage } from 'node:async_hooks';
import type { InternalRequest, RateLimitData, REST } from 'discord.js';
import { BotError } from '../../lib/errors.ts';
import { REQUESTS_PER_SECOND } from './rest-budget.ts';

/** For whom a request is made: what people wait for, what falls due, what nobody waits for. */
export type RestLane = 'people' | 'timers' | 'jobs';
type Waits = Exclude<RestLane, 'people'>;

/** More wait for Discord than would come to their turn in time. */
class RestBusyError extends BotError {}

interface Share {
  /** What it may send in a second whatever the others want, so that it does not starve. */
  readonly atLeast: number;
  /** It sends no more than that while so much of all lanes is sent in a second: the rest is for those before it. */
  readonly upTo: number;
  /** Between two of its requests, so that what others may send does not come free all at once. Milliseconds. */
  readonly apartMs: number;
}

/** In the order of who goes first. People wait for nobody. */
const SHARES: Readonly<Record<Waits, Share>> = {
  timers: { atLeast: 5, upTo: REQUESTS_PER_SECOND - 5, apartMs: 15 },
  jobs: { atLeast: 2, upTo: REQUESTS_PER_SECOND - 15, apartMs: 30 },
};
const LANES: readonly Waits[] = ['timers', 'jobs'];
/** Discord's second, and some for the way there. */
const WINDOW_MS = 1_050;
const MOST_WAITING = 1_000;
/** So long it waits for a route that people use all the time. */
const PATIENCE_MS = 2_000;
/** What is impatient waits no longer for a limit of Discord's. */
const LONGEST_WAIT_MS = 2_000;

interface Waiting {
  readonly route: string;
  readonly since: number;
  readonly begin: () => void;
}

/**
 * Holds back what can wait, before discord.js puts it in its queues: these keep Discord's limits, and whoever comes first
 * goes first there. What waits is let in one by one, none to a route that is in use, as far as its lane's share reaches.
 */
export class RestLanes {
  readonly #lane = new AsyncLocalStorage<RestLane>();
  readonly #impatient = new AsyncLocalStorage<true>();
  readonly #waiting: Readonly<Record<Waits, Set<Waiting>>> = { timers: new Set(), jobs: new Set() };
  /** How many requests of people, and of those that waited, are under way on each route. */
  readonly #routes = { people: new Counts(), others: new Counts() };
  /** What was let in within the window, and what people's requests were sent in it, oldest first. */
  #begun: { readonly lane: RestLane; readonly at: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What `work` and all that comes of it asks of Discord goes in this lane; in that of people otherwise. */
  within<T>(lane: RestLane, work: () => T): T {
    return this.#lane.run(lane, work);
  }

  /** What `work` asks of Discord fails (RateLimitError) rather than waits for long for a limit: it will be asked again. */
  impatiently<T>(work: () => T): T {
    return this.#impatient.run(true, work);
  }

  /** Whether what is asked here and now does not wait for so many milliseconds; what discord.js asks at every limit. */
  readonly rejects = ({ timeToReset, retryAfter }: Pick<RateLimitData, 'timeToReset' | 'retryAfter'>): boolean =>
    this.#impatient.getStore() === true && Math.max(timeToReset, retryAfter) > LONGEST_WAIT_MS;

  /** The lane of what is asked here and now. */
  get lane(): RestLane {
    return this.#lane.getStore() ?? 'people';
  }

  /** How many wait for their turn. */
  waiting(lane: Waits): number {
    return this.#waiting[lane].size;
  }

  /** From now on all requests of this client go through the lanes. */
  guard(rest: REST): void {
    const queue = rest.queueRequest.bind(rest);
    rest.queueRequest = (request) => this.#carryOut(request, () => queue(request));
    const { options } = rest;
    const send = options.makeRequest;
    options.makeRequest = (...request) => {
      if (this.lane === 'people') this.#count('people'); // until then it may stand in its route's queue, and cost nothing
      return send(...request);
    };
  }

  async #carryOut<T>(request: InternalRequest, send: () => Promise<T>): Promise<T> {
    const { lane } = this;
    const route = routeOf(request);
    const routes = lane === 'people' ? this.#routes.people : this.#routes.others;
    if (lane === 'people') routes.add(route);
    else await this.#turn(lane, route, request.signal ?? undefined);
    try {
      return await send();
    } finally {
      routes.take(route);
      this.#serve();
    }
  }

  #count(lane: RestLane): void {
    this.#begun.push({ lane, at: performance.now() });
  }

  async #turn(lane: Waits, route: string, signal: AbortSignal | undefined): Promise<void> {
    const waiting = this.#waiting[lane];
    if (waiting.size >= MOST_WAITING) throw new RestBusyError(`over ${MOST_WAITING} requests of ${lane} wait`);
    signal?.throwIfAborted();
    const turn = Promise.withResolvers<void>();
    const one = { route, since: performance.now(), begin: turn.resolve };
    const abort = () => turn.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    waiting.add(one);
    this.#serve();
    try {
      await turn.promise;
    } finally {
      waiting.delete(one);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Lets those in whose turn it is, and looks again when it may be that of the next. */
  #serve(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#begun = this.#begun.filter(({ at }) => at > now - WINDOW_MS);
    for (const lane of LANES) this.#serveLane(lane, now);
    const waits = LANES.filter((lane) => this.#waiting[lane].size > 0).map((lane) => SHARES[lane].apartMs);
    if (waits.length > 0) this.#timer = setTimeout(() => this.#serve(), Math.min(...waits));
  }

  #serveLane(lane: Waits, now: number): void {
    if (!this.#mayBegin(lane, now)) return;
    const { people, others } = this.#routes;
    const free = ({ route, since }: Waiting) => !others.has(route) && (!people.has(route) || now - since > PATIENCE_MS);
    const one = this.#waiting[lane].values().find(free);
    if (!one) return;
    this.#waiting[lane].delete(one);
    this.#routes.others.add(one.route);
    this.#count(lane);
    one.begin();
  }

  #mayBegin(lane: Waits, now: number): boolean {
    const { atLeast, upTo, apartMs } = SHARES[lane];
    const own = this.#begun.filter((one) => one.lane === lane);
    const last = own.at(-1);
    if (last !== undefined && now - last.at < apartMs) return false;
    if (own.length < atLeast) return true;
    const before = LANES.slice(0, LANES.indexOf(lane));
    // discord.js sends one at a time of each route: however many stand there, that one may be next.
    const next = this.#routes.people.distinct;
    return before.every((other) => this.#waiting[other].size === 0) && this.#begun.length + next < upTo;
  }
}

/** What has one bucket at Discord: a route and the channel, server or webhook it begins with, whatever else it names. */
function routeOf({ method, fullRoute }: InternalRequest): string {
  const [major = ''] = /^\/(?:channels|guilds|webhooks)\/\d+/.exec(fullRoute) ?? [];
  return `${method} ${major}${fullRoute.slice(major.length).replaceAll(/\d{17,20}/g, ':id')}`;
}

/** How many there are of each. */
class Counts {
  readonly #counts = new Map<string, number>();

  /** How many kinds there are. */
  get distinct(): number {
    return this.#counts.size;
  }

  has(what: string): boolean {
    return this.#counts.has(what);
  }

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  take(what: string): void {
    const left = (this.#counts.get(what) ?? 0) - 1;
    if (left > 0) this.#counts.set(what, left);
    else this.#counts.delete(what);
  }
}
