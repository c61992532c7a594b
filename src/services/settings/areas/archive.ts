import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';

const Id = Type.String({ pattern: '^\\d{17,20}$' });
/** Channels that have days of their own. */
export const MOST_CHANNELS = 200;
export const MOST_DAYS = 3_650;

/** What of the server's messages is kept for those who look for them later, and for how long. */
export default defineArea({
  schema: Type.Object(
    {
      /** In all channels that have no days of their own. */
      on: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      days: Type.Integer({ default: 90, minimum: 1, maximum: MOST_DAYS, expected: 'settings.expected.limit' }),
      /** Of a thread, its channel and their category the nearest counts; 0 keeps nothing. */
      channelDays: Type.Record(Id, Type.Integer({ minimum: 0, maximum: MOST_DAYS }), {
        default: {},
        maxProperties: MOST_CHANNELS,
        additionalProperties: false,
        keys: 'channel',
        own: 'archive on',
        expected: 'settings.expected.channelDays',
      }),
    },
    { additionalProperties: false },
  ),
});
