import type { Sandbox } from '../sandbox/server/sandbox.ts';
import type { OptionValues } from '../sandbox/server/verbs/option-values.ts';
import type { Reply } from '../sandbox/server/verbs/reply.ts';
import type { InteractOptions } from '../sandbox/server/verbs/send-interaction.ts';
import type { Plan } from './bench.ts';
import type { Outcome } from './driver/load-tally.ts';
import type { Fact, FactTools } from './facts/fact.ts';
import type { RuleSetName } from './load/rule-sets.ts';
import type { MicroScenario } from './micro.ts';

/** What the bot under test runs on. */
export const RUNTIMES = ['bun', 'deno', 'binary'] as const;
export type Runtime = (typeof RUNTIMES)[number];

export function isRuntime(text: string): text is Runtime {
  return RUNTIMES.some((one) => one === text);
}

/**
 * How the bot under test is run. `offload` is the bot as it is; `inline` runs the same tasks on its main thread, as
 * people write bots today; `floor` is an empty discord.js bot; `busy-floor` is that bot while the same tasks burn in a
 * process beside it, as many and at the same priority as the threads of `offload`; `limit` is a socket and a request with no
 * library between.
 */
export const MODES = ['offload', 'inline', 'floor', 'busy-floor', 'limit'] as const;
export type Mode = (typeof MODES)[number];

export function isMode(text: string): text is Mode {
  return MODES.some((one) => one === text);
}

/** What people in the local Discord can be made to do, from within the driver. */
export interface Tools {
  readonly mode: Mode;
  readonly runtime: Runtime;
  readonly sandbox: Sandbox;
  /** Where every service outside is that says nothing. */
  readonly outsideUrl: string;
  /** How long people will be doing things, warm-up included. */
  readonly seconds: number;
  /** Aborted when the round ends. */
  readonly signal: AbortSignal;
  /** A slash command of the next member in turn (each may use it a few times in ten seconds). Resolves on the first answer. */
  readonly slash: (name: string, options?: OptionValues, o?: InteractOptions) => Promise<Reply>;
  /** Keeps `inFlight` of these going until the round ends; a failure is counted and does not stop the rest. */
  readonly keep: (inFlight: number, run: () => Promise<Outcome>) => Promise<void>;
  /** Begins one of these every so often until the round ends, whether or not earlier ones were answered; then waits for all. */
  readonly arrive: (everyMs: number, run: () => Promise<Outcome>) => Promise<void>;
}

/** What people do until the round ends, once all they need for it has been made. */
type Load = () => Promise<void>;

/** How long people wait for the first answer while something goes on. */
interface AckScenario {
  readonly kind: 'ack';
  /** One line for the report. */
  readonly about: string;
  readonly modes: readonly Mode[];
  /** Burn tasks of so many iterations that keep the bulk lane full, on the runtimes where the bench can reach in. */
  readonly burn?: { readonly iterations: number };
  /** Makes what people need, and says what they do meanwhile, where it applies. */
  readonly load?: (tools: Tools) => Promise<Load | undefined>;
  /** The rules that the servers have, where the bench can reach in. */
  readonly rules?: RuleSetName;
  /** Rows of the database that the bot reads over and over, where the bench can reach in, and how long it pauses between [0]. */
  readonly read?: { readonly rows: number; readonly pauseMs?: number };
  /** How many messages come: what becomes of them is told. */
  readonly messages?: { readonly perSecond: number };
  /** What inline p99 has to be of offload p99, at least; `--ci` fails below. */
  readonly leastRatio?: number;
  /** Left out where nobody asked for it, with a word. */
  readonly long?: boolean;
  /** Run only when its whole name was asked for. */
  readonly onlyAlone?: boolean;
  /** The load only waits for others: a round without a task in the pool is as it should be. */
  readonly onlyWaits?: boolean;
  readonly probe: (tools: Tools) => Promise<Reply>;
  readonly probeEveryMs: number;
  /** How often and how long each mode is measured where somebody asked for this scenario (default: 3 rounds of 10 s). */
  readonly own?: Partial<Plan>;
  /** The same for `--quick`, which leaves out what has none unless it was asked for. */
  readonly quick?: Plan;
  /** The same for `--ci`, which leaves out what has none. */
  readonly ci?: Plan;
}

/** Figures that are taken once. */
interface FactScenario {
  readonly kind: 'facts';
  readonly about: string;
  readonly takesSeconds: number;
  /** Part of a usual run; else it is left out where nobody asked for it, with a word. */
  readonly usual?: boolean;
  readonly run: (tools: FactTools) => AsyncGenerator<Fact>;
}

export type Scenario = AckScenario | FactScenario | MicroScenario;
export type { AckScenario, FactScenario };

/** One scenario a file in `bench/scenarios/`; the file name is its name. */
export function defineScenario<const S extends Scenario>(scenario: S): S {
  return scenario;
}
