import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** When and where the bot reports. */
export default defineArea({
  schema: Type.Object(
    {
      /** Where the report of each day goes; without one there is none. */
      reportChannel: Channel,
      /** The server's own time for it, by its own clock; 09:00 UTC without one. */
      reportTime: Type.Optional(
        Type.String({
          pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
          own: 'config reports',
          expected: 'settings.expected.reportTime',
        }),
      ),
      /** On which days then; 1 is Monday. */
      reportDays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
        default: [1, 2, 3, 4, 5, 6, 7],
        minItems: 1,
        maxItems: 7,
        uniqueItems: true,
        own: 'config reports',
        expected: 'settings.expected.reportTime',
      }),
      /** Where the bot tells three times a day how it is doing; without one it does not. */
      statusChannel: Channel,
    },
    { additionalProperties: false },
  ),
});
