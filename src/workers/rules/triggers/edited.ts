import { defineLook, whole } from '../look.ts';

export default defineLook('edited', { cost: 'nothing', look: (_, { input }) => whole(input.edited) });
