import type { Context } from '../../context.ts';
import type { ExternalState } from '../../db/external-data.ts';
import type { Fetched, Kept } from './external-data.ts';

/** Something that is fetched now and then. */
export interface Source extends Kept {
  /** Not more often than this. Milliseconds. */
  readonly everyMs: number;
  /** The whole of it, when it is not what is kept already. `known` is that, of the same address. */
  readonly fetch: (
    known: ExternalState | undefined,
    context: Context,
    signal: AbortSignal,
  ) => Promise<Fetched | 'same'>;
}
