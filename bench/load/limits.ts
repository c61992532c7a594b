import { Value } from '@sinclair/typebox/value';
import { Limits } from '../../src/workers/inspect/budget.ts';

/** What opening a file may cost where a server has set nothing, but for the time: what is cut off cannot be measured. */
export const LIMITS: Limits = { ...Value.Create(Limits), milliseconds: 120_000 };

/** The largest file that is fetched, by default. */
export const LARGEST_FILE = 25_000_000;
