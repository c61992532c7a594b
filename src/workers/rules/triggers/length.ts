import { defineLook, whole } from '../look.ts';

export default defineLook('length', {
  cost: 'little',
  look({ over }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => shape.length));
    return whole(count > over, { count });
  },
});
