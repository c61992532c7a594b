import { defineLook } from '../look.ts';

/** The inspector says it, which opens files by itself; without a file there is nothing to ask. */
export default defineLook('file', {
  cost: 'opening',
  look: (_, { input: { shown } }) => (shown?.files?.length ? 'open' : 'no'),
});
