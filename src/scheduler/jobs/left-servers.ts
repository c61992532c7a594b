import { noteLeftServers } from '../../db/left-servers.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { defineJob } from '../job.ts';

/**
 * Notes which servers the bot is no longer in, so that `cleanup` knows since when: also those it was taken out of while it was
 * away. In each process, because each has its own shards.
 */
export default defineJob({
  every: '1h',
  deadlineMs: 60_000,
  runs: 'each',
  retryOn: [DatabaseAwayError],
  async run({ db, discord, log, now }) {
    const { shardCount = 1 } = discord.options;
    const shards = [...discord.ws.shards.keys()];
    // A server that has an outage stays in the list.
    const left = await noteLeftServers(db, { guilds: [...discord.guilds.cache.keys()], shards, shardCount }, now());
    if (left > 0) log.info({ left }, 'servers were left');
  },
});
