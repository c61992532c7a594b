import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel, Role } from '../channel-value.ts';

/** The role of those in jail, and the one channel they see. */
export default defineArea({
  schema: Type.Object({ role: Role, channel: Channel }, { additionalProperties: false }),
});
