import type { Context } from '../../context.ts';
import type { Counts } from '../../db/activity.ts';
import { type Waiting, withDeadline } from '../../lib/deadline.ts';
import { StoppingError } from '../../lib/errors.ts';
import { roughTime } from '../../lib/snowflake.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { Hours } from '../tally/hours.ts';
import { Accepted } from './accepted.ts';
import type { CarriedOut } from './carry-out.ts';
import { type Edit, Edits, isLately, isWhole } from './edits.ts';
import { InOrder } from './in-order.ts';
import { JudgeQueue } from './judge-queue.ts';
import { isPersons, lookAt } from './look.ts';
import type { Payload } from './payload.ts';
import type { RuleSource } from './rule-source.ts';
import type { Seen } from './seen.ts';
import { Shedding } from './shedding.ts';
import type { RuleStats } from './stats.ts';
import { Tenures } from './tenure.ts';

type Parts =
  | 'activity'
  | 'config'
  | 'discord'
  | 'levels'
  | 'log'
  | 'metrics'
  | 'now'
  | 'settings'
  | 'tally'
  | 'workers';

export interface PipelineOptions extends Pick<Context, Parts> {
  readonly rules: RuleSource;
  readonly seen: Seen;
  readonly stats: RuleStats;
  /** Does what the rules want of a message that they have hit. */
  readonly carryOut: (one: Accepted, signal: AbortSignal) => CarriedOut;
  /** Sees a message of which no rule holds, where one may come that it is a copy of. */
  readonly see: (one: Accepted) => void;
}

/** What is particular about how a message has come. */
interface Coming {
  readonly edited?: true;
  readonly missed?: true;
  readonly onOver?: () => void;
}

const MS_PER_SECOND = 1_000;
const NOTHING_IN_IT: Counts = { words: 0, links: 0, mentions: 0 };

/**
 * The way of every message: it is looked at, waits its turn, is judged in a thread together with others, and what the rules want
 * is done in the order of its author's messages. What cannot be kept up with is passed over, those of long standing first.
 */
export class Pipeline {
  readonly shedding: Shedding;
  readonly #o: PipelineOptions;
  readonly #queue: JudgeQueue;
  readonly #order = new InOrder<Accepted>((one) => this.#act(one));
  readonly #tenures: Tenures;
  readonly #hours = new Hours();
  readonly #edits = new Edits();
  readonly #stop = new AbortController();
  #arrived = 0;
  /** Everything that is not over. */
  #open = 0;
  /** What rules want of so many messages is not done yet: a database that is away must not have them pile up. */
  #acting = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  #stopping = false;

  constructor(options: PipelineOptions) {
    this.#o = options;
    this.#tenures = new Tenures(options.now);
    this.shedding = new Shedding(options);
    this.#queue = new JudgeQueue({
      ...options,
      shedding: this.shedding,
      full: (most) => this.#acting >= most,
      onSent: (one) => {
        one.turn ??= this.#order.enter(one.guild + one.payload.author.id, one);
        if (options.settings.peek(one.guild, 'permissions') === undefined) this.#learnRanks(one.guild);
      },
      onVerdict: (one, verdict) => this.#judged(one, verdict),
      onNoVerdict: (one) => this.#ready(one),
    });
  }

  /** How many messages wait for a thread. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** How many are not over: they wait, are judged, or are acted upon. */
  get open(): number {
    return this.#open;
  }

  /** A message was written. */
  heard(payload: Payload): void {
    const { guild_id: guild } = payload;
    if (guild === undefined || this.#stopping) return;
    if (isPersons(payload)) this.#o.metrics.messagesSeen.inc({});
    this.#take(payload, guild, {});
  }

  /** A message was changed; false where it has to be read first, and told once more. */
  edited(edit: Edit): boolean {
    const { guild_id: guild } = edit;
    if (guild === undefined || this.#stopping || this.#o.rules.peek(guild) === null) return true;
    if (!isLately(edit, this.#o.now())) return true;
    if (!this.#queue.replace(edit)) {
      if (!this.#edits.isNew(edit)) return true;
      if (!isWhole(edit)) return false;
      const look = lookAt(edit, guild, this.#o);
      if (look === 'rules' || look === 'unknown') this.#accept(this.#made(edit, guild, { edited: true }));
    }
    this.#edits.see(edit);
    return true;
  }

  /** Resolves while there is room for messages that nobody waits for. */
  room(signal: AbortSignal): Promise<void> {
    return this.#queue.room(signal);
  }

  /** A message was written while the bot was away. Resolves once nothing of it is left to be done, if that ever comes. */
  missed(payload: Payload, guild: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#edits.see(payload);
    this.#take(payload, guild, { missed: true, onOver: resolve });
    return promise;
  }

  /** Takes nothing more: what comes now is found by the next process. */
  stop(): void {
    this.#stopping = true;
  }

  /** Resolves when nothing is under way. */
  idle(waiting: Waiting): Promise<void> {
    const over = async () => {
      while (this.#open > 0) {
        this.#idle ??= Promise.withResolvers();
        await this.#idle.promise;
      }
    };
    return withDeadline('messages on their way', over, waiting);
  }

  /** Gives up what is under way: the next process finds it. */
  abort(): void {
    const reason = new StoppingError('the bot is stopping');
    this.#queue.abort(reason);
    this.#stop.abort(reason);
  }

  #take(payload: Payload, guild: string, coming: Coming): void {
    const { rules, seen } = this.#o;
    const watched = rules.peek(guild) !== null;
    if (!watched && seen.watches(guild)) this.#leave(guild);
    const look = lookAt(payload, guild, this.#o);
    const atOnce = look === 'nothing' || (look === 'activity' && payload.content === '');
    const one = atOnce ? { id: payload.id, over: true } : this.#made(payload, guild, coming);
    if (watched && !coming.missed) seen.enter(guild, payload.channel_id, one);
    if (one instanceof Accepted) this.#accept(one);
    else {
      if (look === 'activity') this.#count(payload, guild, NOTHING_IN_IT);
      coming.onOver?.();
    }
  }

  #made(payload: Payload, guild: string, { edited, missed, onOver }: Coming): Accepted {
    const tenure = this.#tenures.of(payload, this.#o.discord.guilds.cache.get(guild));
    const order = this.#arrived++;
    return new Accepted(payload, {
      ...{ guild, tenure, order, onOver },
      edited: edited === true,
      missed: missed === true,
    });
  }

  #accept(one: Accepted): void {
    this.#open += 1;
    this.#queue.push(one);
  }

  #judged(one: Accepted, verdict: Verdict): void {
    const { metrics, stats } = this.#o;
    metrics.messagesAnalysed.inc({});
    metrics.messageVerdict.observe({}, (performance.now() - one.cameAt) / MS_PER_SECOND);
    if (verdict.activity) this.#count(one.payload, one.guild, verdict.activity);
    if (one.rules) stats.judged(one.guild, this.#hours.of(roughTime(one.id)).day, one.rules, verdict);
    one.verdict = verdict;
    this.#ready(one);
  }

  #ready(one: Accepted): void {
    if (one.turn) this.#order.ready(one.turn);
    else this.#end(one);
  }

  /** Its turn has come. */
  #act(one: Accepted): Promise<void> | undefined {
    // An edit of which no rule holds may still have something taken back that was said of the message before.
    if (!one.verdict || !one.rules || (one.verdict.hits.length === 0 && !one.edited)) {
      if (one.verdict?.print) this.#o.see(one);
      this.#end(one);
      return undefined;
    }
    const { turn, whole } = this.#o.carryOut(one, this.#stop.signal);
    this.#acting += 1;
    whole.then(
      () => {
        this.#acting -= 1;
        this.#end(one);
        this.#queue.resume();
      },
      (error: unknown) => this.#o.log.debug({ error, message: one.id }, 'what rules want of a message is left undone'),
    );
    return turn;
  }

  #end(one: Accepted): void {
    if (one.edited || one.missed) one.over = true;
    else this.#o.seen.over(one.guild, one.payload.channel_id, one);
    one.onOver?.();
    this.#open -= 1;
    if (this.#open > 0 || !this.#idle) return;
    this.#idle.resolve();
    this.#idle = undefined;
  }

  #count(payload: Payload, guild: string, counts: Counts): void {
    const { id, channel_id: channel, author } = payload;
    const when = this.#hours.of(roughTime(id));
    this.#o.activity.record({ guild, channel, member: author.id, day: when.day }, counts);
    this.#o.tally.heard(when, guild, channel);
    this.#o.levels.heard(payload, guild);
  }

  /** While a thread looks at what was written it is read who is bound by what: whoever needs that asks again. */
  #learnRanks(guild: string): void {
    const { log, settings } = this.#o;
    settings.of(guild, 'permissions').catch((error: unknown) => {
      log.debug({ error, guild }, 'the ranks of a server could not be read in advance');
    });
  }

  #leave(guild: string): void {
    this.#o.seen.forget([guild]).catch((error: unknown) => {
      this.#o.log.warn({ error, guild }, 'what was seen of a server without rules could not be forgotten');
    });
  }
}
