import { defineLook, whole } from '../look.ts';

export default defineLook('channel', {
  cost: 'nothing',
  look: ({ any }, { input: { channel } }) => whole(any.some((id) => id === channel.id || id === channel.parent)),
});
