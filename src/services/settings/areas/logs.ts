import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** Where the bot tells what it did, and where it tells the owners. */
export default defineArea({
  schema: Type.Object({ logChannel: Channel, ownersChannel: Channel }, { additionalProperties: false }),
});
