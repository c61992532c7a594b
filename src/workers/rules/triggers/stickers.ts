import { defineLook, whole } from '../look.ts';

export default defineLook('stickers', {
  cost: 'nothing',
  look({ over }, { input: { shown } }) {
    const count = shown?.stickers?.length ?? 0;
    return whole(count > over, { count });
  },
});
