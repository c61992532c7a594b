import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { badPlaceholder } from '../letter-placeholders.ts';

/** The highest limit of what one account may do in a short time. */
export const MOST_BRAKED = 100_000;
export const MOST_SAVED_REASONS = 50;
export const MOST_RUNGS = 10;
export const LONGEST_LETTER = 1_000;

function brake(most: number) {
  const bounds = { default: most, minimum: 0, maximum: MOST_BRAKED };
  return Type.Integer({ ...bounds, owners: true, expected: 'settings.expected.limit' });
}

/** What is done to a member when their points reach so many; for how long, where that ends. */
const Rung = Type.Object(
  {
    points: Type.Integer({ minimum: 1, maximum: 10_000 }),
    action: Type.Union([Type.Literal('timeout'), Type.Literal('kick'), Type.Literal('ban')]),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 * 365 * 1_440 })),
  },
  { additionalProperties: false },
);

/** What moderators say and are offered, the ladder of points, and the brake on what one account does. */
export default defineArea({
  schema: Type.Object(
    {
      /** Reasons that are offered while a moderator types one. */
      reasons: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        default: [],
        maxItems: MOST_SAVED_REASONS,
        uniqueItems: true,
        expected: 'settings.expected.reasons',
      }),
      /** What a member is told to do who thinks that an action is wrong. */
      appeal: Type.Optional(Type.String({ minLength: 1, maxLength: 500, expected: 'settings.expected.words' })),
      /** What a member is told instead of the bot's own words, by the type of the action. */
      letters: Type.Record(
        Type.String({ pattern: '^[a-z-]{1,32}$' }),
        Type.String({ minLength: 1, maxLength: LONGEST_LETTER }),
        {
          default: {},
          maxProperties: 30,
          additionalProperties: false,
          own: 'config letters',
          expected: 'settings.expected.letters',
        },
      ),
      ladder: Type.Array(Rung, {
        default: [],
        maxItems: MOST_RUNGS,
        own: 'config moderation',
        expected: 'settings.expected.ladder',
      }),
      /** Above so many in `brakeMinutes` by one account its rank is frozen; 0 is no brake. */
      brakeBans: brake(30),
      brakeKicks: brake(30),
      brakeRoles: brake(50),
      /** Channels, roles, emojis, stickers. */
      brakeDeletions: brake(10),
      brakeMessages: brake(3_000),
      brakeMinutes: Type.Integer({
        default: 60,
        minimum: 1,
        maximum: 1_440,
        owners: true,
        expected: 'settings.expected.limit',
      }),
      /** Whether whoever is frozen also loses the roles that let them moderate in Discord itself. */
      brakeTakesRoles: Type.Boolean({ default: false, owners: true, expected: 'settings.expected.yesNo' }),
      /** Of one warning, by whoever may not do themselves what points lead to. */
      mostPoints: Type.Integer({ default: 5, minimum: 1, maximum: 100, expected: 'settings.expected.limit' }),
      /** What becomes a case besides when people do it in Discord itself; removals and timeouts always do. */
      recorded: Type.Array(Type.Union([Type.Literal('nicks'), Type.Literal('roles'), Type.Literal('voice')]), {
        default: ['voice'],
        uniqueItems: true,
        expected: 'settings.expected.recorded',
      }),
      /** For how long points count. */
      decayDays: Type.Integer({ default: 30, minimum: 1, maximum: 3_650, expected: 'settings.expected.limit' }),
    },
    { additionalProperties: false },
  ),
  fits: { letters: (letters) => Object.values(letters).every((one) => badPlaceholder(one) === undefined) },
});
