import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** When many who join are seen as a raid. */
export default defineArea({
  schema: Type.Object(
    {
      on: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
      /** So many who are alike within so many seconds. */
      joins: Type.Integer({ default: 10, minimum: 3, maximum: 100, expected: 'settings.expected.limit' }),
      seconds: Type.Integer({ default: 60, minimum: 5, maximum: 300, expected: 'settings.expected.limit' }),
      /** Where moderators are told; without one in the log. */
      channel: Channel,
    },
    { additionalProperties: false },
  ),
});
