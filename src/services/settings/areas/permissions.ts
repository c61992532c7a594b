import { Type } from '@sinclair/typebox';
import { defineArea } from '../area.ts';

/** More accounts than a server ever has that moderate. */
const MOST_FROZEN = 1_000;

const Rank = Type.Integer({ minimum: 0, maximum: 10 });

/** Ranks by the id of a role or a person. */
function ranksBy(keys: 'role' | 'person') {
  return Type.Record(Type.String({ pattern: '^\\d{17,20}$' }), Rank, {
    default: {},
    maxProperties: 100,
    additionalProperties: false,
    keys,
    owners: true,
    own: 'permissions set',
    expected: 'settings.expected.ranks',
  });
}

/** Who has which rank, and which rank a command needs. */
export default defineArea({
  schema: Type.Object(
    {
      roles: ranksBy('role'),
      people: ranksBy('person'),
      /** Whose rank is 0 until an owner lifts it, by their id. */
      frozen: Type.Array(Type.String({ pattern: '^\\d{17,20}$' }), {
        default: [],
        maxItems: MOST_FROZEN,
        uniqueItems: true,
        state: true,
        own: 'permissions unfreeze',
        expected: 'settings.expected.ranks',
      }),
      /** The rank each command needs where it is not the one it comes with; by its name, without the slash. */
      commands: Type.Record(Type.String({ pattern: '^[a-z0-9_ -]{1,70}$' }), Rank, {
        default: {},
        maxProperties: 200,
        additionalProperties: false,
        owners: true,
        own: 'permissions set',
        expected: 'settings.expected.ranks',
      }),
    },
    { additionalProperties: false },
  ),
});
