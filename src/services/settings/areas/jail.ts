import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** The role of those in jail, and the one channel they see. */
export default defineArea({
  schema: Type.Object({ role: Channel, channel: Channel }, { additionalProperties: false }),
});
