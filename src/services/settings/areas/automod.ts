import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

/** Roles or channels that no rule of automod looks at. */
function exempt(form: 'roles' | 'channels') {
  return Type.Array(Type.String({ pattern: '^\\d{17,20}$' }), {
    default: [],
    maxItems: 100,
    uniqueItems: true,
    form,
    expected: 'settings.expected.exempt',
  });
}

/** Somebody of whom automod sees nothing, and who has said so. */
const Trusted = Type.Object(
  {
    member: Type.String({ pattern: '^\\d{17,20}$' }),
    by: Type.String({ pattern: '^\\d{17,20}$' }),
    /** Milliseconds since 1970. */
    at: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

const MOST_TRUSTED = 1_000;

/** What holds for all rules of automod. */
export default defineArea({
  schema: Type.Object(
    {
      /** Where alerts go of rules that name no channel; without one into the log. */
      alertChannel: Channel,
      /** Where is told what rules log; without one in the log. */
      logChannel: Channel,
      exemptRoles: exempt('roles'),
      /** Categories and their channels, and channels with their threads. */
      exemptChannels: exempt('channels'),
      /** Of whoever has at least this rank nothing is judged; each rule has one of its own besides. */
      exemptRank: Type.Integer({ default: 10, minimum: 0, maximum: 10, expected: 'settings.expected.rank' }),
      /** Whether what webhooks write is judged, too. */
      webhooks: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      trusted: Type.Array(Trusted, {
        default: [],
        maxItems: MOST_TRUSTED,
        state: true,
        own: 'config automod',
        expected: 'settings.expected.trusted',
      }),
    },
    { additionalProperties: false },
  ),
});
