import { defineLook, whole } from '../look.ts';

export default defineLook('zalgo', {
  cost: 'little',
  look: (_, facts) => whole(facts.parts.some(({ shape }) => shape.zalgo)),
});
