import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { DeadlineError } from './errors.ts';
import { HttpBusyError } from './http-errors.ts';

/** So many failures in a row, and a host is left alone for a while. */
const FAILURES = 5;
const PAUSE_MS = 15_000;
/** Hosts whose failures are remembered. */
const MOST_HOSTS = 1_000;

interface Circuit {
  readonly policy: CircuitBreakerPolicy;
  openedAt: number;
}

/**
 * Leaves a host alone that has failed five times in a row: for 15 seconds everybody is told at once, then one request
 * finds out whether it is back while the others wait for what it finds.
 */
export class HttpCircuits {
  readonly #failing = new Map<string, Circuit>();

  /** Throws what `run` throws, or HttpBusyError with `retryAfterMs` while the host is left alone. */
  async run<T>(host: string, run: () => Promise<T>): Promise<T> {
    const circuit = this.#failing.get(host) ?? this.#make(host);
    if (circuit.policy.state === CircuitState.Open) {
      const retryAfterMs = circuit.openedAt + PAUSE_MS - Date.now();
      if (retryAfterMs > 0) throw new HttpBusyError(`${host} has failed ${FAILURES} times in a row`, { retryAfterMs });
    }
    const result = await circuit.policy.execute(run);
    // Only hosts that fail need remembering.
    if (circuit.policy.state === CircuitState.Closed) this.#failing.delete(host);
    return result;
  }

  #make(host: string): Circuit {
    const breaker = new ConsecutiveBreaker(FAILURES);
    const policy = circuitBreaker(handleWhen(isDown), { halfOpenAfter: PAUSE_MS, breaker });
    const circuit: Circuit = { policy, openedAt: 0 };
    policy.onBreak(() => {
      circuit.openedAt = Date.now();
    });
    const [oldest] = this.#failing.keys();
    if (this.#failing.size >= MOST_HOSTS && oldest !== undefined) this.#failing.delete(oldest);
    this.#failing.set(host, circuit);
    return circuit;
  }
}

/** A host that tells us to ask less often is up; one that does not answer is not. */
function isDown(error: unknown): boolean {
  if (error instanceof DeadlineError) return true;
  return error instanceof HttpBusyError && error.retryAfterMs === undefined;
}
