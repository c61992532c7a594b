import { defineLook, whole } from '../look.ts';

export default defineLook('emoji', {
  cost: 'little',
  look({ over }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => shape.emoji));
    return whole(count > over, { count });
  },
});
