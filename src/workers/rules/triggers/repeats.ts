import { defineLook, whole } from '../look.ts';

export default defineLook('repeats', {
  cost: 'little',
  look({ times }, facts) {
    const count = Math.max(...facts.written.map(({ shape }) => shape.repeats));
    return whole(count >= times, { count });
  },
});
