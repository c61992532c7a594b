import { defineLook, whole } from '../look.ts';

export default defineLook('role', {
  cost: 'nothing',
  look: ({ any }, { input: { author } }) => whole(any.some((role) => author.roles.includes(role))),
});
