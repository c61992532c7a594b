import type { Context } from '../context.ts';
import { delay } from '../lib/deadline.ts';

/** Who waits longer than this is told how far it is, and again after as long: Discord takes five edits in five seconds. */
const EVERY_MS = 2_500;

/** Has somebody told how far something is, as long as it takes. That it cannot be said holds nothing up. */
export function nowAndThen(tell: () => Promise<void>, signal: AbortSignal, { log }: Pick<Context, 'log'>): Disposable {
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, signal]);
  const telling = async () => {
    for (;;) {
      await delay(EVERY_MS, { signal: either });
      await tell();
    }
  };
  telling().catch((error: unknown) => {
    if (!either.aborted) log.debug({ error }, 'progress could not be shown');
  });
  return { [Symbol.dispose]: () => stop.abort() };
}
