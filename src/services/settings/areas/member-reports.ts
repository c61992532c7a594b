import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** What members report to those who moderate. */
export default defineArea({
  schema: Type.Object(
    {
      /** Where it is told; without one there are no reports. */
      channel: Channel,
      /** Whether moderators see who reports; the server's owner can always find out. */
      showReporter: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      /** Of one person. */
      mostAnHour: Type.Integer({ default: 5, minimum: 1, maximum: 50, expected: 'settings.expected.reportsAnHour' }),
    },
    { additionalProperties: false },
  ),
});
