import { defineLook, whole } from '../look.ts';

export default defineLook('thread', {
  cost: 'nothing',
  look: (_, { input: { channel } }) => whole(channel.parent !== undefined),
});
