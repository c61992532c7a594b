import { KeptPatterns } from '../../patterns/kept-patterns.ts';
import { MOST_TEXT } from '../../patterns/limits.ts';
import { Pattern } from '../../patterns/pattern.ts';
import { foundAt, type Part, type Spot, spanOf } from '../facts.ts';
import { MOST_SPANS } from '../limits.ts';
import { defineLook } from '../look.ts';
import type { ProgramPattern } from '../program.ts';

/** Patterns that this thread has compiled. Losing them costs their compilation. */
const kept = new KeptPatterns();

export default defineLook('pattern', {
  cost: 'patterns',
  look({ pattern: index }, facts) {
    const pattern = facts.loaded.head.patterns[index];
    if (!pattern) return 'no';
    const parts = facts.parts.filter((part) => part.text !== '' && !part.lacks(index, pattern.groups));
    if (parts.length === 0) return 'no';
    if (pattern.engine === 'backtracking') return 'open';
    const spots: Spot[] = [];
    for (const part of parts) {
      if (facts.outOfTime) return spots.length > 0 ? foundAt(spots, {}) : 'skipped';
      spots.push(...placesIn(part, pattern));
    }
    return spots.length > 0 ? foundAt(spots, {}) : 'no';
  },
});

function placesIn(part: Part, { source, ignoreCase, of }: ProgramPattern): readonly Spot[] {
  const pattern = kept.get({ source, ignoreCase });
  if (!(pattern instanceof Pattern)) return [];
  const { text, from: places } = of === 'canonical' ? part.canonical() : { text: part.text, from: undefined };
  const looked = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text;
  if (!pattern.test(looked)) return [];
  return pattern.spans(looked, MOST_SPANS).map(({ from, to }) => ({ part, ...spanOf(places, from, to) }));
}
