import { defineLook } from '../look.ts';

/** The main thread says it, which remembers the messages before. */
export default defineLook('flood', { cost: 'memory', look: () => 'open' });
