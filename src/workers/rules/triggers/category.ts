import { defineLook, whole } from '../look.ts';

export default defineLook('category', {
  cost: 'nothing',
  look: ({ any }, { input: { channel } }) => whole(any.some((id) => id === channel.category)),
});
