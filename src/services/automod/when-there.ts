import { databaseError } from '../../db/away.ts';
import { delay } from '../../lib/deadline.ts';

const PAUSE_MS = 1_000;

/** Asks again for as long as the database is away. Rejects otherwise as what is asked does, or with the signal's reason. */
export async function whenThere<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!databaseError(error)) throw error;
      await delay(PAUSE_MS, { signal });
    }
  }
}
