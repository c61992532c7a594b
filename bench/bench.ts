import type { Processes } from './processes/processes.ts';
import type { Mode, Runtime } from './scenario.ts';

/** How often and how long each mode is measured. */
export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
}

/** How much is run: `usual` is one rate a scenario, `full` whatever there is. */
export const PACES = ['usual', 'quick', 'ci', 'full'] as const;
export type Pace = (typeof PACES)[number];

export const HELD_UPS = ['bot', 'driver'] as const;
export type HeldUp = (typeof HELD_UPS)[number];

/** What the command line asked for. */
export interface Options {
  readonly runtime: Runtime;
  readonly pace: Pace;
  /** Part of the names of what is wanted; empty: whatever belongs to the pace. */
  readonly filter: string;
  /** Undefined: what the scenario or the pace says. */
  readonly rounds: number | undefined;
  /** Seconds a round is measured; undefined: what the scenario or the pace says. */
  readonly seconds: number | undefined;
  /** Threads of the bot, over both lanes; undefined: twice as many as cores. */
  readonly threads: number | undefined;
  /** Where profiles of the bot's main thread are written; undefined: none is taken. */
  readonly profiles: string | undefined;
  /** Who is made to stand still for 200 ms over and over, to show that the bench notices. */
  readonly heldUp: HeldUp | undefined;
  /** The modes to run, of those the scenario has. */
  readonly modes: readonly Mode[];
}

/** What every part of a run shares. */
export interface Bench {
  readonly options: Options;
  readonly processes: Processes;
  /** The repository's folder. */
  readonly root: string;
  /** A folder of the run's own, removed at its end. */
  readonly scratch: string;
  /** Aborted when the person at the terminal has had enough. */
  readonly signal: AbortSignal;
  /** Whether there is time to make up for a round that does not count. */
  readonly mayRepeat: () => boolean;
  /** Tells that person what goes on. */
  readonly say: (text: string) => void;
  /** So many seconds of what was planned are over. */
  readonly passed: (seconds: number) => void;
}
