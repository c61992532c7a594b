import type { Facts } from './facts.ts';
import type { CompiledTrigger } from './program.ts';
import type { TriggerType } from './schema.ts';
import type { Elsewhere } from './verdict.ts';

/** Where a trigger is found in what people see of a message, and by what. */
export interface Found {
  /** In the text as its author wrote it. */
  readonly spans: readonly (readonly [from: number, to: number])[];
  readonly elsewhere: readonly Elsewhere[];
  /** What was found, for people: how many, which domain. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** `open` is what the main thread has to say, `skipped` what there was no time for. */
export type Looked = Found | 'no' | 'open' | 'skipped';

/** From the cheapest on; what only the main thread knows comes last, and of that what has to be opened first. */
export const COSTS = ['nothing', 'little', 'links', 'patterns', 'memory', 'opening'] as const;
type Cost = (typeof COSTS)[number];

type CompiledOf<T extends TriggerType> = Extract<CompiledTrigger, { readonly type: T }>;

/** How one type of trigger is looked for in a message. What costs less is looked for first. */
export interface Look<T extends TriggerType> {
  readonly cost: Cost;
  /** `index` is the trigger's number among those of the server. */
  readonly look: (trigger: CompiledOf<T>, facts: Facts, index: number) => Looked;
}

export function defineLook<const T extends TriggerType>(_type: T, look: Look<T>): Look<T> {
  return look;
}

const NOWHERE = { spans: [], elsewhere: [] } as const;

/** Holds of the message as a whole. */
export function whole(holds: boolean, details: Found['details'] = {}): Looked {
  return holds ? { ...NOWHERE, details } : 'no';
}
