import type { Static } from '@sinclair/typebox';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import type { OptionValues } from '../../sandbox/server/verbs/option-values.ts';
import type { Reply } from '../../sandbox/server/verbs/reply.ts';
import type { InteractOptions } from '../../sandbox/server/verbs/send-interaction.ts';
import { LoopMonitor } from '../../src/lib/loop-monitor.ts';
import { HELD_UP, standStill } from '../load/standing-still.ts';
import type { AckScenario, Mode, Runtime, Tools } from '../scenario.ts';
import { LoadTally, type Outcome } from './load-tally.ts';
import { openLoop } from './open-loop.ts';
import { LOST_AFTER_MS, type Probed, Probing } from './probing.ts';
import type { Measured, Settled } from './protocol.ts';

const WARM_UP = { probes: 150, everyMs: 10 };
const MS_PER_SECOND = 1_000;
const WARM_UP_SECONDS = (WARM_UP.probes * WARM_UP.everyMs) / MS_PER_SECOND;

export interface RoundOptions {
  readonly sandbox: Sandbox;
  /** Where every service outside is that says nothing. */
  readonly outsideUrl: string;
  readonly scenario: AckScenario;
  readonly mode: Mode;
  readonly runtime: Runtime;
  /** How long it is measured. */
  readonly seconds: number;
  /** The driver stands still over and over while it is measured. */
  readonly heldUp: boolean;
}

/** One round against the bot that is connected: load, warm-up, measurement. Disposing it ends the load. */
export class Round implements AsyncDisposable {
  readonly #o: RoundOptions;
  readonly #stop = new AbortController();
  readonly #tools: Tools;
  readonly #tally = new LoadTally();
  #load: Promise<void> | undefined;
  readonly #people: readonly string[];
  /** Whose turn it is, by command. */
  readonly #turns = new Map<string, number>();

  constructor(o: RoundOptions) {
    this.#o = o;
    const { sandbox, outsideUrl, mode, runtime, seconds } = o;
    this.#people = Object.keys(sandbox.people).filter((person) => person.startsWith('extra'));
    this.#tools = {
      sandbox,
      outsideUrl,
      mode,
      runtime,
      seconds: WARM_UP_SECONDS + seconds,
      signal: this.#stop.signal,
      slash: (name, options = {}, by = {}) => this.#slash(name, options, by),
      keep: (inFlight, run) => this.#keep(inFlight, run),
      arrive: (everyMs, run) => this.#arrive(everyMs, run),
    };
  }

  /** Makes what the load needs, begins it and lets both sides get warm. Probes that stay without an answer do not fail it. */
  async warmUp(): Promise<void> {
    const load = await this.#o.scenario.load?.(this.#tools);
    this.#load = load?.();
    await this.#probe(new Probing(), WARM_UP.everyMs, WARM_UP.probes);
  }

  /** Probes for so long and waits for the last answer, for as long as Discord would. */
  async measure(): Promise<Measured> {
    const { seconds, heldUp } = this.#o;
    const { probeEveryMs } = this.#o.scenario;
    using monitor = new LoopMonitor({ log: { warn: () => undefined } });
    const probing = new Probing();
    using _stalls = heldUp ? standStillAgain() : undefined;
    this.#tally.measuring(true);
    await this.#probe(probing, probeEveryMs, Math.max(1, Math.round((seconds * MS_PER_SECOND) / probeEveryMs)));
    this.#tally.measuring(false);
    const loop = monitor.stats();
    const { sent, lost, refused, deferred, firstLoss } = probing;
    return {
      said: 'measured',
      ...{ sent, lost, refused, deferred, ...(firstLoss !== undefined && { firstLoss }) },
      ...{ ack: probing.ack.encode(), answer: probing.answer.encode(), late: probing.late.encode() },
      course: [...probing.course()],
      loop,
    };
  }

  /** Ends the load and waits for what is under way; says what became of it. */
  async settle(): Promise<Static<typeof Settled>> {
    await this[Symbol.asyncDispose]();
    return { said: 'settled', load: this.#tally.told() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#o.sandbox.posting.stop();
    await this.#load;
  }

  async #probe(probing: Probing, everyMs: number, count: number): Promise<void> {
    const open: Promise<void>[] = [];
    await openLoop({
      everyMs,
      count,
      send: (intendedAt) => {
        probing.sending(intendedAt, performance.now());
        open.push(this.#one().then((probed) => probing.ended(intendedAt, performance.now(), probed)));
      },
    });
    await Promise.all(open);
  }

  /** Never rejects: what gets no answer is lost. */
  async #one(): Promise<Probed> {
    try {
      const reply = await this.#o.scenario.probe(this.#tools);
      const interaction = this.#o.sandbox.state.interactions.get(reply.interactionId);
      if (!interaction) return { kind: 'lost', why: 'the local Discord forgot it' };
      const { writtenAt } = interaction;
      const at = { writtenAt, ackedAt: writtenAt + reply.ackMs };
      // Our probes are answered for all to see; an answer for one person only is a "no".
      if (reply.kind === 'message' && reply.ephemeral) return { kind: 'refused', ...at };
      return { kind: 'acked', ...at, deferred: reply.kind === 'deferred' };
    } catch (error) {
      return { kind: 'lost', why: error instanceof Error ? error.message : String(error) };
    }
  }

  #slash(name: string, options: OptionValues, by: InteractOptions): Promise<Reply> {
    const turn = this.#turns.get(name) ?? 0;
    this.#turns.set(name, turn + 1);
    const as = this.#people[turn % this.#people.length] ?? 'member';
    return this.#o.sandbox.slash(name, options, { as, settle: 'ack', deadlineMs: LOST_AFTER_MS, ...by });
  }

  async #keep(inFlight: number, run: () => Promise<Outcome>): Promise<void> {
    const { signal } = this.#stop;
    const one = async () => {
      while (!signal.aborted) await this.#tally.watch(performance.now(), run);
    };
    await Promise.all(Array.from({ length: inFlight }, one));
  }

  async #arrive(everyMs: number, run: () => Promise<Outcome>): Promise<void> {
    const open: Promise<void>[] = [];
    const send = (intendedAt: number) => void open.push(this.#tally.watch(intendedAt, run));
    await openLoop({ everyMs, count: Number.POSITIVE_INFINITY, signal: this.#stop.signal, send });
    await Promise.all(open);
  }
}

function standStillAgain(): Disposable {
  const timer = setInterval(standStill, HELD_UP.everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
