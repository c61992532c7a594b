import type { Bench } from '../bench.ts';

/** One figure, or the reason why there is none. `bar` is what it should stay under, `least` what it should reach, in the same unit. */
export type Fact =
  | {
      readonly what: string;
      readonly value: number;
      readonly unit: 's' | 'ms' | 'MB' | 'in all' | 'a second' | 'a minute' | '%';
      readonly bar?: number;
      readonly least?: number;
    }
  | { readonly what: string; readonly skipped: string };

export type FactTools = Bench;
