import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';

const roles = () =>
  Type.Array(Type.String({ pattern: '^\\d{17,20}$' }), {
    default: [],
    maxItems: 10,
    uniqueItems: true,
    form: 'roles',
    expected: 'settings.expected.joinRoles',
  });

/** The roles that whoever joins is given. */
export default defineArea({
  schema: Type.Object(
    {
      people: roles(),
      bots: roles(),
      /** How long after they have joined; a week at most. */
      delayMinutes: Type.Integer({ default: 0, minimum: 0, maximum: 10_080, expected: 'settings.expected.limit' }),
      /** Whether whoever comes back gets the roles again with which they left. */
      keep: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      /** Whether Discord's own screening of new members comes first. */
      afterScreening: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
    },
    { additionalProperties: false },
  ),
});
