import { type App, startApp } from '../app.ts';
import type { Config } from '../config.ts';
import type { Overrides } from '../ground.ts';
import { flushLog } from '../lib/log.ts';

/** Time for closing after the grace; past it the process is ended. Milliseconds. */
const CLOSING_MS = 10_000;

/** Runs the bot until a signal asks it to stop or Discord ends the session for good. */
export async function run(config: Config, { overrides, onReady, lost }: RunOptions = {}): Promise<void> {
  const asked = new AbortController();
  using _signals = onSignals((signal) => {
    asked.abort(new StopAsked(signal));
    setTimeout(() => process.exit(1), config.SHUTDOWN_GRACE_MS + CLOSING_MS).unref();
  });
  try {
    using last = new DisposableStack(); // outlives the bot: closing it can go wrong too
    await using app = await startApp(config, overrides, asked.signal);
    last.use(lastResort(app));
    await onReady?.(app, asked.signal);
    await Promise.race([aborted(asked.signal), app.lost, ...(lost ? [lost] : [])]);
    app.log.info({ signal: String(asked.signal.reason?.signal) }, 'stopping');
  } catch (error) {
    // What a wait says when it was cut short by the signal; anything else went wrong, also while closing.
    if (error !== asked.signal.reason) throw error;
  }
}

export interface RunOptions {
  readonly overrides?: Overrides;
  /** Called once the bot answers; the signal is aborted when it is to stop. */
  readonly onReady?: (app: App, signal: AbortSignal) => Promise<void>;
  /** Rejects when something else the bot cannot do without has ended. */
  readonly lost?: Promise<never>;
}

class StopAsked extends Error {
  readonly signal: string;

  constructor(signal: string) {
    super(`asked to stop by ${signal}`);
    this.signal = signal;
  }
}

/** One listener and a count: on Deno a listener added inside a handler fires for that same signal. */
function onSignals(first: (signal: string) => void): Disposable {
  let times = 0;
  const listener = (signal: NodeJS.Signals) => {
    times += 1;
    if (times > 1) process.exit(1); // asked twice: leave at once
    first(signal);
  };
  process.on('SIGINT', listener).on('SIGTERM', listener);
  return {
    [Symbol.dispose]: () => {
      process.off('SIGINT', listener).off('SIGTERM', listener);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * A rejection nobody handled is a bug to be logged, not a reason to leave the members alone. After an exception nobody
 * caught the state is unknown: it is logged, and the process ends so that whoever watches it starts it anew.
 */
function lastResort({ log }: App): Disposable {
  const rejected = (error: unknown) => log.error({ error }, 'a promise was rejected and nobody handled it');
  const thrown = (error: unknown) => {
    log.fatal({ error }, 'an exception was thrown and nobody caught it');
    void flushLog(log).then(() => process.exit(1));
  };
  process.on('unhandledRejection', rejected).on('uncaughtException', thrown);
  return {
    [Symbol.dispose]: () => {
      process.off('unhandledRejection', rejected).off('uncaughtException', thrown);
    },
  };
}
