import { foundAt } from '../facts.ts';
import { defineLook } from '../look.ts';

export default defineLook('words', {
  cost: 'nothing', // all of them are searched for at once, before any rule
  look({ scope }, facts) {
    const spots = facts.words(scope);
    const [first] = spots ?? [];
    return spots && first ? foundAt(spots, { word: first.word }) : 'no';
  },
});
