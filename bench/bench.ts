import type { Processes } from './processes/processes.ts';
import type { Mode, Runtime } from './scenario.ts';

/** How often and how long each mode is measured. */
export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
}

/** What the command line asked for. */
export interface Options {
  readonly runtime: Runtime;
  /** Undefined: what the scenario says. */
  readonly rounds: number | undefined;
  /** Seconds a round is measured; undefined: what the scenario says. */
  readonly seconds: number | undefined;
  /** A short run, and what that is where the scenario says nothing of it. */
  readonly short: Plan | undefined;
  /** The modes to run, of those the scenario has. */
  readonly modes: readonly Mode[];
  /** Whether rounds that do not count are made up for. */
  readonly again: boolean;
  /** Whether to run what takes long and is taken once. */
  readonly facts: boolean;
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
  /** Tells that person what goes on. */
  readonly say: (text: string) => void;
}
