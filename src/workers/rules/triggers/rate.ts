import { defineLook } from '../look.ts';

/** The main thread says it, which remembers the messages before. */
export default defineLook('rate', { cost: 'memory', look: () => 'open' });
