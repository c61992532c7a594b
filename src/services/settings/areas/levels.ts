import { Type } from '@sinclair/typebox';
import { MOST_LEVEL } from '../../levels/curve.ts';
import { defineArea } from '../area.ts';
import { Channel } from '../channel-value.ts';

const Id = Type.String({ pattern: '^\\d{17,20}$' });
const MOST_EXEMPT = 100;
export const MOST_MULTIPLIED = 50;
export const MOST_REWARDS = 50;
export const MOST_PERCENT = 1_000;
const MOST_A_MESSAGE = 1_000;
const DAY_S = 86_400;

function exempt(form: 'roles' | 'channels') {
  return Type.Array(Id, {
    default: [],
    maxItems: MOST_EXEMPT,
    uniqueItems: true,
    form,
    expected: 'settings.expected.exempt',
  });
}

/** By how much points of a channel or a role are multiplied, in percent, by its id. */
function percents(keys: 'channel' | 'role') {
  return Type.Record(Id, Type.Integer({ minimum: 0, maximum: MOST_PERCENT }), {
    default: {},
    maxProperties: MOST_MULTIPLIED,
    additionalProperties: false,
    keys,
    own: 'levels multiplier',
    expected: 'settings.expected.percents',
  });
}

function points(usual: number) {
  const bounds = { default: usual, minimum: 0, maximum: MOST_A_MESSAGE };
  return Type.Integer({ ...bounds, expected: 'settings.expected.limit' });
}

/** Points that members have for what they write. */
export default defineArea({
  schema: Type.Object(
    {
      on: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
      /** How long after one message another earns something again. */
      cooldownSeconds: Type.Integer({
        default: 60,
        minimum: 0,
        maximum: DAY_S,
        expected: 'settings.expected.limit',
      }),
      /** What a message earns is drawn between these two. */
      leastPoints: points(15),
      mostPoints: points(25),
      /** Categories and their channels, and channels with their threads. */
      exemptChannels: exempt('channels'),
      exemptRoles: exempt('roles'),
      /** Of a thread, its channel and their category the nearest counts. */
      channelPercents: percents('channel'),
      /** Of several roles the one that gives most counts. */
      rolePercents: percents('role'),
      /** The level at which each role is given. */
      rewards: Type.Record(Id, Type.Integer({ minimum: 1, maximum: MOST_LEVEL }), {
        default: {},
        maxProperties: MOST_REWARDS,
        additionalProperties: false,
        keys: 'role',
        own: 'levels reward',
        expected: 'settings.expected.rewards',
      }),
      /** Whether roles of lower levels are kept when a higher one is given. */
      keepRewards: Type.Boolean({ default: true, expected: 'settings.expected.yesNo' }),
      /** Where it is told that somebody has reached a level. */
      notice: Type.Union([Type.Literal('off'), Type.Literal('here'), Type.Literal('channel'), Type.Literal('dm')], {
        default: 'here',
        expected: 'settings.expected.levelNotice',
      }),
      noticeChannel: Channel,
      /** Whether whoever has reached one is notified by that. */
      pings: Type.Boolean({ default: false, expected: 'settings.expected.yesNo' }),
    },
    { additionalProperties: false },
  ),
});
