import type { State } from '../state/state.ts';
import type { Seeded } from './small.ts';
import { seedSmall } from './small.ts';

/** The small server with a hundred extra people, some history and sample files. */
export function seedDemo(state: State): Seeded {
  return seedSmall(state);
}
