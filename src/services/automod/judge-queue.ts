import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import { delay, withDeadline } from '../../lib/deadline.ts';
import { BusyError, DeadlineError, StoppingError } from '../../lib/errors.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import type { Accepted } from './accepted.ts';
import type { Edit } from './edits.ts';
import { learn, lookAt } from './look.ts';
import { inputOf, placeOf } from './payload.ts';
import type { RuleSource } from './rule-source.ts';
import { ShedQueue } from './shed-queue.ts';
import type { Shedding, ShedReason } from './shedding.ts';

/** Calls that cross to a thread in one message. */
const BATCH = 16;
/** Batches a thread has at most: the one it works on, and the next. */
const BATCHES_EACH = 2;
/** How often a thread is asked for before a message is passed over: while all are busy, and where one has failed. */
const MOST_TRIES = { busy: 3, failed: 2 };
const BUSY_PAUSE_MS = 50;
const LEARN_AGAIN_MS = 1_000;
/** How often it is tried to learn what a server has settled, but while the database is away; then what waits for it is passed over. */
const MOST_LESSONS = 300;
/** Of all places so much may be taken by one server of which that is not known: less than what keeps missed messages waiting. */
const PARKED_SHARE = 3 / 8;

interface JudgeQueueOptions extends Pick<Context, 'config' | 'discord' | 'log' | 'now' | 'settings' | 'workers'> {
  readonly rules: RuleSource;
  readonly shedding: Shedding;
  /** Whether so much waits behind the verdicts that no further one is to be had. */
  readonly full: (most: number) => boolean;
  /** Hears that a message is judged by rules from now on. */
  readonly onSent: (one: Accepted) => void;
  /** Hears what a thread says of a message. */
  readonly onVerdict: (one: Accepted, verdict: Verdict) => void;
  /** Hears of a message of which no thread will say anything. */
  readonly onNoVerdict: (one: Accepted) => void;
}

/** What waits to be judged: bounded, and sent as fast as the threads take it, so that what waits can still change or be passed over. */
export class JudgeQueue {
  readonly #o: JudgeQueueOptions;
  readonly #most: number;
  readonly #mostInLane: number;
  readonly #queue: ShedQueue<Accepted>;
  readonly #stop = new AbortController();
  /** By its id: what its author makes of it before it is sent takes its place. */
  readonly #waiting = new Map<string, Accepted>();
  /** What waits until it is known what its server has settled. */
  readonly #parked = new Map<string, Accepted[]>();
  #parkedCount = 0;
  #inLane = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(options: JudgeQueueOptions) {
    this.#o = options;
    this.#most = options.config.MESSAGE_QUEUE * BATCH;
    this.#mostInLane = BATCH * BATCHES_EACH * options.workers.stats().quick.threads;
    this.#queue = new ShedQueue(this.#most);
  }

  /** How many wait for a thread. */
  get size(): number {
    return this.#queue.size + this.#parkedCount;
  }

  push(one: Accepted): void {
    this.#waiting.set(one.id, one);
    const shed = this.#queue.push(one);
    if (shed) this.#passOver(shed, shed.tenure);
    this.#pump();
  }

  /** What is judged of a message that still waits is what it has become; false where it does not wait. */
  replace(edit: Edit): boolean {
    const waiting = this.#waiting.get(edit.id);
    if (waiting) waiting.payload = { ...waiting.payload, ...edit };
    return waiting !== undefined;
  }

  /** Resolves while less than half of the places are taken. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.size * 2 >= this.#most) {
      this.#room ??= Promise.withResolvers();
      const { promise } = this.#room;
      await withDeadline('room for messages', () => promise, { signal });
    }
  }

  /** Goes on where it stood still since it was `full`. */
  resume(): void {
    if (this.size > 0) this.#pump();
  }

  /** What has not been sent never will be. */
  abort(reason: unknown): void {
    clearTimeout(this.#pause);
    this.#stop.abort(reason);
  }

  #pump(): void {
    while (this.#inLane < this.#mostInLane && !this.#pause && !this.#stop.signal.aborted) {
      if (this.#o.full(this.#most)) break;
      const one = this.#queue.take();
      if (!one) break;
      const look = lookAt(one.payload, one.guild, this.#o);
      if (look === 'unknown') this.#park(one);
      else if (look === 'rules' || (look === 'activity' && one.count)) this.#send(one, look === 'rules');
      else this.#end(one);
    }
    if (!this.#room || this.size * 2 >= this.#most) return;
    this.#room.resolve();
    this.#room = undefined;
  }

  #send(one: Accepted, byRules: boolean): void {
    const { rules, workers, discord, now } = this.#o;
    const { payload, edited, count } = one;
    this.#forget(one);
    one.rules = byRules ? (rules.peek(one.guild) ?? undefined) : undefined;
    if (byRules) this.#o.onSent(one);
    const place = byRules ? placeOf(payload.channel_id, discord) : { id: payload.channel_id };
    const input = inputOf(payload, { rules: one.rules?.sent, place, edited, count, now: now().getTime() });
    this.#inLane += 1;
    workers.offload('judgeMessage', input).then(
      (verdict) => {
        this.#inLane -= 1;
        this.#o.onVerdict(one, verdict);
        this.#pump();
      },
      (error: unknown) => {
        this.#inLane -= 1;
        this.#failed(one, error);
      },
    );
  }

  #failed(one: Accepted, error: unknown): void {
    if (error instanceof StoppingError) return; // it is not over, and so the next process finds it
    one.tries += 1;
    if (error instanceof BusyError) {
      if (one.tries < MOST_TRIES.busy) this.#queue.putBack(one);
      else this.#passOver(one, 'no thread');
      this.#pause ??= setTimeout(() => {
        this.#pause = undefined;
        this.#pump();
      }, BUSY_PAUSE_MS);
      return;
    }
    const { id: message, guild, payload, tries } = one;
    this.#o.shedding.failed({ error, message, guild, length: payload.content.length, tries });
    if (error instanceof DeadlineError) this.#passOver(one, 'too slow');
    else if (one.tries < MOST_TRIES.failed) this.#queue.putBack(one);
    else this.#passOver(one, 'failed');
    this.#pump();
  }

  /** Sets it aside until it is known what its server has settled. */
  #park(one: Accepted): void {
    const parked = this.#parked.get(one.guild);
    const share = Math.max(BATCH, this.#most * PARKED_SHARE);
    if (this.#parkedCount >= this.#most || (parked && parked.length >= share)) {
      this.#passOver(one, 'not known');
      return;
    }
    this.#parkedCount += 1;
    if (parked) parked.push(one);
    else {
      this.#parked.set(one.guild, [one]);
      void this.#learn(one.guild);
    }
  }

  /** Never rejects. */
  async #learn(guild: string): Promise<void> {
    const known = await this.#tryToLearn(guild);
    const parked = this.#parked.get(guild) ?? [];
    this.#parked.delete(guild);
    this.#parkedCount -= parked.length;
    if (this.#stop.signal.aborted) return; // nothing of it is over, and so the next process finds it
    for (const one of parked) {
      if (known) this.#queue.putBack(one);
      else this.#passOver(one, 'not known');
    }
    this.#pump();
  }

  async #tryToLearn(guild: string): Promise<boolean> {
    const { signal } = this.#stop;
    let failures = 0;
    for (let tries = 0; tries < MOST_LESSONS && !signal.aborted; ) {
      try {
        await learn(guild, this.#o);
        return true;
      } catch (error) {
        if (failures++ === 0)
          this.#o.log.warn({ error, guild }, 'the rules of a server are not known, its messages wait');
        if (!databaseError(error)) tries += 1;
        await delay(LEARN_AGAIN_MS, { signal }).catch(() => undefined);
      }
    }
    return false;
  }

  #passOver(one: Accepted, reason: ShedReason): void {
    this.#o.shedding.count(reason);
    this.#end(one);
  }

  #end(one: Accepted): void {
    this.#forget(one);
    this.#o.onNoVerdict(one);
  }

  #forget(one: Accepted): void {
    if (this.#waiting.get(one.id) === one) this.#waiting.delete(one.id);
  }
}
