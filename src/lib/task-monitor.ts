import type { InFlight } from './in-flight.ts';
import type { Logger } from './log.ts';

const OLD_MS = 30_000;
const CHECK_EVERY_MS = 60_000;

/** Warns once a minute of every piece of work that is older than 30 seconds. */
export class TaskMonitor implements Disposable {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({
    inFlight,
    log,
    now = () => new Date(),
  }: {
    readonly inFlight: Pick<InFlight, 'list'>;
    readonly log: Pick<Logger, 'warn'>;
    readonly now?: () => Date;
  }) {
    const check = () => {
      for (const { id, name, startedAt, deadlineMs } of inFlight.list()) {
        const ageMs = now().getTime() - startedAt.getTime();
        if (ageMs > OLD_MS) log.warn({ task: name, id, ageMs, deadlineMs }, 'a task has been running for long');
      }
    };
    this.#timer = setInterval(check, CHECK_EVERY_MS);
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
