import { defineLook, whole } from '../look.ts';

export default defineLook('capitals', {
  cost: 'little',
  look({ percent, least }, facts) {
    for (const { shape } of facts.written) {
      const share = shape.cased < least ? 0 : (shape.capitals * 100) / shape.cased;
      if (share >= percent) return whole(true, { percent: Math.floor(share) });
    }
    return 'no';
  },
});
