import { defineLook, whole } from '../look.ts';

export default defineLook('lines', {
  cost: 'little',
  look({ over }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => shape.lines));
    return whole(count > over, { count });
  },
});
