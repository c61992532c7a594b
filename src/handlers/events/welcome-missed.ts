import { welcomeMissed } from '../../services/joining/missed-joins.ts';
import { defineEvent } from '../define.ts';

/** A shard that had to begin anew has missed who joined. What was missed before the start is made up for by the start. */
export default defineEvent({
  on: 'shardReady',
  run(context, shard) {
    const { discord } = context;
    if (!discord.isReady()) return;
    const guilds = discord.guilds.cache.filter(({ shardId }) => shardId === shard);
    welcomeMissed([...guilds.values()], context);
  },
});
