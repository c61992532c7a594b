import { liveText, presenceOf } from '../../services/status/presence.ts';
import { defineJob } from '../job.ts';

const EVERY_MS = 5 * 60_000;

/**
 * Shows figures under the bot's name, one after another, as `PRESENCE` says; tells Discord only of what has changed. In each
 * process, because each has its own shards.
 */
export default defineJob({
  every: '5m',
  deadlineMs: 30_000,
  runs: 'each',
  async run(context) {
    const { config, discord } = context;
    if (config.PRESENCE !== 'live' || !discord.user) return;
    const text = liveText(context, EVERY_MS);
    const [shown] = discord.user.presence.activities;
    if (shown?.state !== text) discord.user.setPresence(presenceOf(text));
  },
});
