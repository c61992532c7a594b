import { defineLook, whole } from '../look.ts';

export default defineLook('forwarded', { cost: 'nothing', look: (_, { input }) => whole(input.forwarded) });
