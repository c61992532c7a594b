import { databaseError } from '../../db/away.ts';
import { delay } from '../../lib/deadline.ts';
import { DeadlineError } from '../../lib/errors.ts';

const PAUSE_MS = 1_000;

/** Asks again for as long as the database is away, or too slow. Rejects otherwise as what is asked does, or with the signal's reason. `meanwhile` is done before it asks again. */
export async function whenThere<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  meanwhile?: () => Promise<unknown>,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!databaseError(error) && !(error instanceof DeadlineError)) throw error;
      await meanwhile?.();
      await delay(PAUSE_MS, { signal });
    }
  }
}
