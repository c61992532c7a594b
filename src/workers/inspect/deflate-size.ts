import type { Budget } from './budget.ts';
import { DeflateBits } from './deflate-bits.ts';
import { readBlock, tablesOf } from './deflate-block.ts';

/** So many bytes are counted between two looks at the clock. */
const SLICE = 1_000_000;

/**
 * How many bytes come out of a raw deflate stream, `most` where there are as many or more; Error where it is broken until
 * there, LimitError when the time is up. No byte of them is made: what repeats costs one step, however long it is.
 */
export function sizeOfDeflated(packed: Uint8Array, most: number, budget: Pick<Budget, 'checkTime'>): number {
  const bits = new DeflateBits(packed);
  const progress = { size: 0 };
  for (let last = 0; last === 0 && progress.size < most; ) {
    budget.checkTime(); // blocks may be empty, and as many as there is room for
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 0) {
      progress.size += bits.stored(most - progress.size).length;
      continue;
    }
    const tables = tablesOf(kind, bits);
    while (progress.size < most && !readBlock(bits, tables, progress, Math.min(most, progress.size + SLICE)))
      budget.checkTime();
  }
  return Math.min(progress.size, most);
}
