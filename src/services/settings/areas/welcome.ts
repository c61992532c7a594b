import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';
import { canBeFilled } from '../welcome-placeholders.ts';

/** What one message of Discord's takes. */
export const LONGEST_WELCOME = 2_000;
/** What one form takes of all of them together, with a line break between each two. */
const LONGEST_ALL = 4_000;

const texts = () =>
  Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_WELCOME }), {
    default: [],
    maxItems: 10,
    uniqueItems: true,
    expected: 'settings.expected.welcomeTexts',
  });

/** What is said to who joins, and of who leaves; of several texts one at random. */
export default defineArea({
  schema: Type.Object(
    {
      channel: Channel,
      /** Said in that channel; without any it is the bot's own words. */
      texts: texts(),
      /** Whether a picture of who joins is drawn under the words in that channel. */
      card: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      /** Said in a direct message. */
      letters: texts(),
      /** Said in that channel of who leaves. */
      farewells: texts(),
      /** Whether bots are welcomed, too. */
      bots: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
    },
    { additionalProperties: false },
  ),
  fits: { texts: fit, letters: fit, farewells: fit },
});

function fit(all: readonly string[]): boolean {
  return all.join('\n').length <= LONGEST_ALL && all.every(canBeFilled);
}
