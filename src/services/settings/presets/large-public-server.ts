import type { Preset } from '../preset.ts';

/** Strangers, and many of them: what is known to come in floods is met by itself, and what moderators do is all on record. */
export default {
  areas: {
    automod: { webhooks: true },
    joinRoles: { keep: true, afterScreening: true },
    memberReports: { mostAnHour: 3 },
    moderation: {
      decayDays: 90,
      mostPoints: 5,
      recorded: ['nicks', 'roles', 'voice'],
      ladder: [
        { points: 3, action: 'timeout', minutes: 720 },
        { points: 6, action: 'timeout', minutes: 10_080 },
        { points: 10, action: 'ban' },
      ],
    },
    raids: { on: true, joins: 15, seconds: 30 },
  },
  rules: ['anti-raid', 'anti-scam', 'anti-spam'],
} satisfies Preset;
