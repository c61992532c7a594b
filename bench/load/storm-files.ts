import type { UploadedFile } from '../../sandbox/server/state/file-store.ts';
import { copyOf, type Template } from './stamped.ts';
import { hostileKinds, kindsOf } from './storm-templates.ts';

/** What stands behind the files of a storm: for each size one of every kind, and those that are meant to hurt. */
export interface StormKinds {
  readonly small: readonly Template[];
  readonly medium: readonly Template[];
  readonly large: readonly Template[];
  readonly hostile: readonly Template[];
}

export type Size = keyof StormKinds;

const SIZES = { small: [3_000, 20_000, 60_000, 95_000], medium: [800_000, 1_200_000], large: [5_000_000, 9_000_000] };
const HOSTILE_EVERY = 50;

/** Made before a round, so that while it is measured nothing but copying is left to do. */
export async function stormKinds(): Promise<StormKinds> {
  const [small, medium, large] = [await allOf(SIZES.small), await allOf(SIZES.medium), await allOf(SIZES.large)];
  return { small, medium, large, hostile: hostileKinds() };
}

async function allOf(sizes: readonly number[]): Promise<readonly Template[]> {
  const kinds: Template[] = [];
  for (const bytes of sizes) kinds.push(...(await kindsOf(bytes)));
  return kinds;
}

/** 70 of a hundred are small, 25 of about 1 MB, 5 large; every fiftieth is hostile instead. */
export function sizeOf(index: number): Size {
  if (index % HOSTILE_EVERY === HOSTILE_EVERY - 1) return 'hostile';
  const place = index % 20;
  return place === 10 ? 'large' : place % 4 === 3 ? 'medium' : 'small';
}

/** File after file, each with bytes of its own; within a size the kinds take turns. `serial` is that of the first. */
export function stormFiles(kinds: StormKinds, serial = Date.now()): () => UploadedFile {
  const turns: Record<Size, number> = { small: 0, medium: 0, large: 0, hostile: 0 };
  let index = 0;
  return () => {
    const size = sizeOf(index);
    const of = kinds[size];
    const template = of[turns[size]++ % of.length];
    if (!template) throw new Error(`there are no ${size} files`);
    return copyOf(template, serial + index++);
  };
}
