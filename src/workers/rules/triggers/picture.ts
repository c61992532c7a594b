import { defineLook } from '../look.ts';

/** The shield says it, which knows the blocked pictures; without a file there is nothing to ask. */
export default defineLook('picture', {
  cost: 'opening',
  look: (_, { input: { shown } }) => (shown?.files?.length ? 'open' : 'no'),
});
