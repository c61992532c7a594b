import type { Preset } from '../preset.ts';

/** People who know each other: little is done by itself, and points are soon forgotten. */
export default {
  areas: {
    joinRoles: { keep: true },
    moderation: {
      decayDays: 30,
      mostPoints: 3,
      ladder: [
        { points: 3, action: 'timeout', minutes: 60 },
        { points: 6, action: 'timeout', minutes: 1_440 },
      ],
    },
    raids: { on: true, joins: 6, seconds: 60 },
  },
  rules: ['anti-scam'],
} satisfies Preset;
