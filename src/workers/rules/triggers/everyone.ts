import { defineLook, whole } from '../look.ts';

export default defineLook('everyone', {
  cost: 'little',
  look: (_, facts) => whole(facts.written.some(({ shape }) => shape.everyone)),
});
