import { Type } from '@sinclair/typebox';

/** A channel or a role by its id, or none. */
export const Channel = Type.Optional(Type.String({ pattern: '^\\d{17,20}$', expected: 'settings.expected.channel' }));
