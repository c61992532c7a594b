import { defineLook, whole } from '../look.ts';

export default defineLook('spoilers', {
  cost: 'little',
  look({ over }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => shape.spoilers));
    return whole(count > over, { count });
  },
});
