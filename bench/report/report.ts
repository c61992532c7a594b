import type { LoadTold } from '../driver/load-tally.ts';
import type { Fact } from '../facts/fact.ts';
import type { Flame } from '../measure/flame.ts';
import type { Percentiles } from '../measure/latencies.ts';
import type { MessageFlow } from '../measure/message-flow.ts';
import type { MicroRow } from '../measure/micro-row.ts';
import type { Series } from '../measure/series.ts';
import type { MemoryOverTime } from '../measure/usage-over-time.ts';
import type { DatabaseTime, LateBy, LoopDelays } from '../processes/bot-status.ts';
import type { CpuTime } from '../processes/usage.ts';
import type { Mode } from '../scenario.ts';
import type { Machine } from './machine.ts';

/** Raised when the shape below changes, so that nobody compares what cannot be compared. */
export const FORMAT = 3;

/** One measured round of one mode. Times in milliseconds, memory in bytes. */
export interface AckRound {
  readonly mode: Mode;
  readonly seconds: number;
  readonly sent: number;
  /** Without an answer within three seconds; each counts with its whole wait. */
  readonly lost: number;
  /** Answered with a cooldown or an error. */
  readonly refused: number;
  readonly deferred: number;
  readonly firstLoss?: string;
  /** From the moment a probe was meant to be sent to its first answer. */
  readonly ack: Percentiles;
  /** From its event being written to its first answer. */
  readonly answer: Percentiles;
  /** The same, whole: HdrHistogram's compressed text, in microseconds. */
  readonly histograms: { readonly ack: string; readonly answer: string; readonly took: string };
  readonly driver: { readonly late: Percentiles; readonly loop: LoopDelays };
  /** The bot's event loop, by its own monitor. */
  readonly loop?: LoopDelays;
  /** What ran when its loop was over 5 ms late, the most first. */
  readonly late?: readonly LateBy[];
  /** What it asked of its database, and how long that took. */
  readonly database?: DatabaseTime;
  /** Bytes of its main thread's heap that were in use at the end. */
  readonly heap?: number;
  /** Tasks that the bulk lane did meanwhile. */
  readonly tasks: number;
  /** What people did to keep the bot busy, where the scenario has them do something, and how long it took. */
  readonly load: Omit<LoadTold, 'took'> & { readonly took: Percentiles };
  /** What became of messages, where the scenario has a flood of them. */
  readonly messages?: MessageFlow;
  readonly cpu?: CpuTime;
  readonly memory?: MemoryOverTime;
  readonly series: Series;
  /** What its main thread ran while its loop was late, where a profile was taken. */
  readonly flame?: Flame;
  /** Why the round does not count; empty when it does. */
  readonly invalid: readonly string[];
}

/** All valid rounds of a mode together; all rounds, where none is valid. */
export interface AckSummary {
  readonly mode: Mode;
  readonly rounds: number;
  readonly validRounds: number;
  /** That were measured, over the rounds that count. */
  readonly seconds: number;
  readonly ack: Percentiles;
  readonly answer: Percentiles;
  readonly lost: number;
  readonly sent: number;
  /** The worst of any round, each: percentiles of different rounds cannot be added. */
  readonly loop?: LoopDelays;
  /** Of all rounds together, the most first. */
  readonly late?: readonly LateBy[];
  /** Queries to the database a second, and milliseconds that one took. */
  readonly database?: { readonly perSecond: number; readonly ms: number };
  /** The highest of any round. */
  readonly heap?: number;
  readonly tasksPerSecond: number;
  /** CPU time of the main thread, and of all other threads together, by the time that was measured. */
  readonly mainCpuShare?: number;
  readonly othersCpuShare?: number;
  /** Added up; the times are the worst of any round. */
  readonly messages?: MessageFlow;
  /** What people did besides probing, where they did something. */
  readonly load?: LoadSummary;
  /** Of the round that grew to the most. */
  readonly memory?: MemoryOverTime;
}

export interface LoadSummary extends Pick<LoadTold, 'sent' | 'done' | 'busy' | 'failed'> {
  /** Done while it was measured. */
  readonly donePerSecond: number;
  readonly took: Percentiles;
}

export interface AckVerdict {
  /** inline p99 / offload p99. */
  readonly ratio?: number;
  readonly bar?: { readonly p99: number; readonly met: boolean };
  /** The least that is wanted of the ratio, where the scenario says so. */
  readonly leastRatio?: number;
}

interface Common {
  readonly name: string;
  readonly about: string;
  /** What ended it early. */
  readonly failed?: string;
}

export interface AckResult extends Common {
  readonly kind: 'ack';
  readonly modes: readonly AckSummary[];
  readonly verdict: AckVerdict;
  /** Messages a second, where there is a flood of them. */
  readonly perSecond?: number;
  readonly rounds: readonly AckRound[];
}

export interface FactResult extends Common {
  readonly kind: 'facts';
  readonly facts: readonly Fact[];
}

export interface MicroResult extends Common {
  readonly kind: 'micro';
  readonly rows: readonly MicroRow[];
}

export type ScenarioResult = AckResult | FactResult | MicroResult;

export interface Report {
  readonly format: typeof FORMAT;
  readonly rockhopper: string;
  readonly runtime: string;
  readonly command: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Whether it ended before all was measured. */
  readonly partial: boolean;
  readonly machine: Machine;
  readonly scenarios: readonly ScenarioResult[];
}
