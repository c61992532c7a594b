import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel, Role } from '../channel-value.ts';

/** What one message takes beside its button. */
const LONGEST_TEXT = 1_500;
const limit = 'settings.expected.limit';

/** How new members show that they are people. It is on where it has both a channel and a role. */
export default defineArea({
  schema: Type.Object(
    {
      /** Where the message with the button stands. */
      channel: Channel,
      /** What whoever passes is given. */
      role: Role,
      kind: Type.Union([Type.Literal('button'), Type.Literal('captcha')], {
        default: 'button',
        expected: 'settings.expected.verificationKind',
      }),
      /** Stands above the button; without it the bot's own words. */
      text: Type.Optional(
        Type.String({ minLength: 1, maxLength: LONGEST_TEXT, expected: 'settings.expected.verificationText' }),
      ),
      /** Wrong answers until one has to wait. */
      attempts: Type.Integer({ default: 3, minimum: 1, maximum: 10, expected: limit }),
      waitMinutes: Type.Integer({ default: 10, minimum: 1, maximum: 1_440, expected: limit }),
      /** What becomes of those who have no attempt left. */
      failed: Type.Union([Type.Literal('wait'), Type.Literal('kick')], {
        default: 'wait',
        expected: 'settings.expected.verificationFailed',
      }),
      /** After so long whoever has not passed is kicked; 0 for never. */
      kickAfterHours: Type.Integer({ default: 0, minimum: 0, maximum: 720, expected: limit }),
      /** Whether a button asks for a captcha, too, while there is a raid. */
      raidCaptcha: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
    },
    { additionalProperties: false },
  ),
});
