import type { Context } from '../../context.ts';
import { withDeadline } from '../../lib/deadline.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import type { Accepted } from './accepted.ts';
import type { Edit } from './edits.ts';
import { type Fate, JudgeBatches } from './judge-batches.ts';
import { lookAt } from './look.ts';
import { Pace } from './pace.ts';
import { Parked } from './parked.ts';
import type { RuleSource } from './rule-source.ts';
import { ShedQueue } from './shed-queue.ts';
import type { Shedding, ShedReason } from './shedding.ts';

/** Messages that cross to a thread together. */
const BATCH = 16;
/** How often a thread is asked for before a message is passed over: while all are busy, and where one has failed. */
const MOST_TRIES = { busy: 3, failed: 2 };
const BUSY_PAUSE_MS = 50;

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
  readonly #queue: ShedQueue<Accepted>;
  readonly #batches: JudgeBatches;
  readonly #pace = new Pace(() => this.#pump());
  readonly #stop = new AbortController();
  /** By its id: what its author makes of it before it is sent takes its place. */
  readonly #waiting = new Map<string, Accepted>();
  /** Taken with others whose thread was lost: each is judged by itself, so that whatever did it costs no other anything. */
  readonly #suspects: Accepted[] = [];
  readonly #parked: Parked;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(options: JudgeQueueOptions) {
    this.#o = options;
    this.#most = options.config.MESSAGE_QUEUE * BATCH;
    this.#queue = new ShedQueue(this.#most);
    this.#parked = new Parked({
      ...options,
      most: this.#most,
      leastShare: BATCH,
      signal: this.#stop.signal,
      onKnown: (ones) => this.#goOn(ones),
      onUnknown: (one) => this.#passOver(one, 'not known'),
    });
    this.#batches = new JudgeBatches({
      ...options,
      onFate: (one, fate) => this.#met(one, fate),
      onFree: () => this.#pump(),
    });
  }

  /** How many wait for a thread. */
  get size(): number {
    return this.#queue.size + this.#suspects.length + this.#parked.size;
  }

  push(one: Accepted): void {
    this.#waiting.set(one.id, one);
    this.#pace.came(one.cameAt);
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
    this.#pace.stop();
    this.#stop.abort(reason);
  }

  /** Sends what waits while a thread is free: at once where little comes, else as a batch that is full or has waited a moment. */
  #pump(): void {
    while (this.#batches.free && !this.#pause && !this.#stop.signal.aborted) {
      const suspect = this.#suspects.shift();
      if (!suspect && !this.#pace.due(this.#queue.size, BATCH)) break;
      const batch = suspect ? [suspect].filter((one) => this.#isToBeJudged(one)) : this.#take();
      if (batch.length > 0) this.#send(batch);
      else if (!suspect) break;
    }
    if (!this.#room || this.size * 2 >= this.#most) return;
    this.#room.resolve();
    this.#room = undefined;
  }

  #take(): Accepted[] {
    const batch: Accepted[] = [];
    while (batch.length < BATCH && !this.#o.full(this.#most)) {
      const one = this.#queue.take();
      if (!one) break;
      if (this.#isToBeJudged(one)) batch.push(one);
    }
    return batch;
  }

  /** Looks once more, since much may have been settled while it waited; what need not go to a thread is dealt with. */
  #isToBeJudged(one: Accepted): boolean {
    const look = lookAt(one.payload, one.guild, this.#o);
    one.rules = look === 'rules' ? (this.#o.rules.peek(one.guild) ?? undefined) : undefined;
    if (look === 'unknown') this.#parked.take(one);
    else if (look === 'rules' || (look === 'activity' && one.count)) return true;
    else this.#end(one);
    return false;
  }

  #send(batch: readonly Accepted[]): void {
    for (const one of batch) {
      this.#forget(one);
      if (one.rules) this.#o.onSent(one);
    }
    this.#pace.sent();
    this.#batches.send(batch);
  }

  #met(one: Accepted, fate: Fate): void {
    switch (fate.kind) {
      case 'judged':
        this.#o.onVerdict(one, fate.verdict);
        return;
      case 'not begun':
        this.#queue.putBack(one);
        return;
      case 'lost with others':
        this.#o.shedding.failed({ error: fate.error, together: fate.together });
        this.#suspects.push(one);
        return;
      case 'no thread':
        this.#pauseABit();
        one.tries += 1;
        if (one.tries < MOST_TRIES.busy) this.#queue.putBack(one);
        else this.#passOver(one, 'no thread');
        return;
      case 'too slow':
      case 'failed': {
        one.tries += 1;
        const { id: message, guild, payload, tries } = one;
        this.#o.shedding.failed({ error: fate.error, message, guild, length: payload.content.length, tries });
        if (fate.kind === 'failed' && tries < MOST_TRIES.failed) this.#suspects.push(one);
        else this.#passOver(one, fate.kind);
        return;
      }
      default: {
        fate satisfies never;
      }
    }
  }

  #pauseABit(): void {
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.#pump();
    }, BUSY_PAUSE_MS);
  }

  /** What its server has settled is known by now. */
  #goOn(ones: readonly Accepted[]): void {
    for (const one of ones) this.#queue.putBack(one);
    this.#pump();
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
