import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';

const MOST_EXEMPT = 100;
const Id = Type.String({ pattern: '^\\d{17,20}$' });
const exempt = (how: { readonly form: 'roles' | 'channels' } | { readonly own: string }) =>
  Type.Array(Id, {
    default: [],
    maxItems: MOST_EXEMPT,
    uniqueItems: true,
    ...how,
    expected: 'settings.expected.exempt',
  });
const OWN = { own: 'config events' } as const;
/** Names of kinds, of their groups, and `all`. */
const Name = Type.String({ pattern: '^[a-z][a-z-]{1,40}$' });
const MOST_NAMES = 60;
/** Hours that what messages said is kept: a day, and at most two weeks. */
export const KEPT_HOURS = { default: 24, minimum: 1, maximum: 336 } as const;
export const LONGEST_PATTERN = 500;

/** What of that which happens in a server is told where. */
export default defineArea({
  schema: Type.Object(
    {
      /** Into which channel each kind goes, or its group, or all that is not said. */
      channels: Type.Record(Name, Id, {
        default: {},
        maxProperties: MOST_NAMES,
        additionalProperties: false,
        values: 'channel',
        ...OWN,
        expected: 'settings.expected.logChannels',
      }),
      /** Kinds and groups that go nowhere. */
      off: Type.Array(Name, {
        default: [],
        maxItems: MOST_NAMES,
        uniqueItems: true,
        ...OWN,
        expected: 'settings.expected.logKinds',
      }),
      /** Categories and their channels, and channels with their threads. */
      exemptChannels: exempt({ form: 'channels' }),
      exemptRoles: exempt({ form: 'roles' }),
      exemptPeople: exempt(OWN),
      /** Whether what bots write and do is told, too. */
      bots: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      /** A linear pattern: messages in which it is found are not told of. */
      exemptPattern: Type.Optional(
        Type.String({ minLength: 1, maxLength: LONGEST_PATTERN, ...OWN, expected: 'settings.expected.pattern' }),
      ),
      /** Whether files of deleted messages are sent once more with what is told of them. */
      keepFiles: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      keptHours: Type.Integer({ ...KEPT_HOURS, expected: 'settings.expected.keptHours' }),
    },
    { additionalProperties: false },
  ),
});
