import { foundAt } from '../facts.ts';
import { defineLook } from '../look.ts';

export default defineLook('words', {
  cost: 'nothing', // all of them are searched for at once, before any rule
  look({ set }, facts) {
    const spots = facts.words(set);
    const [first] = spots ?? [];
    return spots && first ? foundAt(spots, { word: first.word }) : 'no';
  },
});
