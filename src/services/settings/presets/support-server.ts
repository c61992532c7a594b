import type { Preset } from '../preset.ts';

/** People who come with a question: files are looked at, programs and keys are kept out, and who helps is not taken for a flooder. */
export default {
  areas: {
    files: { shield: 'flag' },
    joinRoles: { keep: true, afterScreening: true },
    moderation: {
      decayDays: 60,
      mostPoints: 5,
      recorded: ['nicks', 'voice'],
      ladder: [
        { points: 3, action: 'timeout', minutes: 180 },
        { points: 8, action: 'kick' },
      ],
    },
    raids: { on: true, joins: 10, seconds: 60 },
  },
  rules: ['anti-scam', 'coding-community'],
} satisfies Preset;
