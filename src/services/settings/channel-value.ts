import { Type } from '@sinclair/typebox';

const ID = '^\\d{17,20}$';

/** A channel that the bot writes to, by its id, or none. */
export const Channel = Type.Optional(
  Type.String({ pattern: ID, form: 'channel', expected: 'settings.expected.channel' }),
);

/** A role by its id, or none. */
export const Role = Type.Optional(Type.String({ pattern: ID, form: 'role', expected: 'settings.expected.role' }));
