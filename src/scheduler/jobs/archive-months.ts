import { noteChannels } from '../../db/archive.ts';
import { dropMonths, makeMonths, monthAfter, monthOf } from '../../db/archive-months.ts';
import { archivedChannels, channelsLeft, forgetChannel, trimChannel } from '../../db/archive-trim.ts';
import { delay } from '../../lib/deadline.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { daysFor } from '../../services/archive/days-for.ts';
import { defineJob, NOTHING_DUE } from '../job.ts';
import { sweep, sweepConnection } from '../sweep.ts';

const DAY_MS = 86_400_000;

/**
 * Makes room for the archive's next month ahead of time, drops whole months that nobody keeps any longer, and deletes of the others
 * what is older than its channel keeps it, and everything of servers that were left for long.
 */
export default defineJob({
  every: '1h',
  jitterMs: 60_000,
  deadlineMs: 30 * 60_000,
  retryOn: [DatabaseAwayError],
  async run({ config, database, db, discord, log, now, settings }, signal, progress) {
    const stored = await archivedChannels(db);
    if (stored.length === 0) return NOTHING_DUE;
    const today = now().getTime();
    const month = monthOf(today);
    await makeMonths(db, [month, monthAfter(month)]);
    const channels: (typeof stored)[number][] = [];
    for (const one of stored) {
      // What is switched off, or out of sight, is kept as long as was said when it was written.
      const known = discord.channels.cache.has(one.channel);
      const days = known ? daysFor(one.channel, await settings.of(one.guild, 'archive'), discord) : 0;
      channels.push(days > 0 ? { ...one, days } : one);
    }
    await noteChannels(db, channels);
    const longest = Math.max(...channels.map(({ days }) => days));
    const dropped = await dropMonths(db, new Date(today - longest * DAY_MS));
    if (dropped.length > 0) log.info({ dropped }, 'months of the archive were dropped');
    await using own = await sweepConnection(database);
    const clock = () => performance.now();
    const trim = async (channel: string, before: Date) => {
      progress(channel);
      const drop = (from: typeof db, until: Date, limit: number) => trimChannel(from, channel, until, limit);
      await sweep({ drop }, { db: own.db, before, signal, clock, sleep: delay });
    };
    for (const { channel, days } of channels) await trim(channel, new Date(today - days * DAY_MS));
    for (const channel of await channelsLeft(db, new Date(today - config.LEFT_SERVERS_DAYS * DAY_MS))) {
      await trim(channel, new Date(today));
      await forgetChannel(db, channel);
    }
    return undefined;
  },
});
