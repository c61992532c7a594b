import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';

/**
 * Where nobody asked: a file that is gone, too large, cannot be opened or comes when there is too much to do is no
 * failure, and gives nothing. `signal` is that of the work.
 */
export async function unlessRefused<T>(
  work: Promise<T>,
  signal: AbortSignal,
  { inspector, log }: Context,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) inspector.admission.turnAway('late', true);
    else if (!(error instanceof UserError)) throw error;
    log.debug({ error }, 'an upload could not be looked at');
    return undefined;
  }
}
