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
      /** What keeps more of them out, by itself, and for how long; Discord pauses invitations for less than a day. */
      guard: Type.Union([Type.Literal('nothing'), Type.Literal('pauseInvites'), Type.Literal('lockdown')], {
        default: 'nothing',
        expected: 'settings.expected.raidGuard',
      }),
      guardMinutes: Type.Integer({ default: 60, minimum: 5, maximum: 1_380, expected: 'settings.expected.limit' }),
    },
    { additionalProperties: false },
  ),
});
