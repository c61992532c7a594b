import xkcd from './errands/xkcd.ts';

/** Every errand there is, sorted. The main thread knows this list as a type only. */
export const errands = {
  xkcd,
};

export type Errands = typeof errands;
