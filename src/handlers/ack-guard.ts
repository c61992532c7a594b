import type { Visible } from '../services/answers/answer.ts';
import type { Responder } from './responder.ts';

/** How long after its creation an interaction is deferred: a second before Discord gives it up. */
const DEFER_AFTER_MS = 2_000;

/**
 * Defers an interaction that nobody has answered two seconds after Discord made it. Disposing it stops the clock.
 * `createdAt` and `now` are milliseconds by this machine's clock, already corrected for its offset.
 */
export function guardAck(o: {
  readonly responder: Responder;
  readonly createdAt: number;
  readonly now: () => number;
  readonly visible: Visible;
  readonly onDeferred: () => void;
  readonly onFailed: (error: unknown) => void;
}): Disposable {
  const { responder, createdAt, now, visible, onDeferred, onFailed } = o;
  const timer = setTimeout(
    () => {
      if (!responder.open) return;
      onDeferred();
      responder.defer(visible).catch(onFailed);
    },
    Math.max(0, createdAt + DEFER_AFTER_MS - now()),
  );
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
