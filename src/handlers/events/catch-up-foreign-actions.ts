import { catchUpWith } from '../../services/moderation/catch-up.ts';
import { defineEvent } from '../define.ts';

/** A shard that had to begin anew has missed something. What was missed before the start is made up for by the start. */
export default defineEvent({
  on: 'shardReady',
  run(context, shard) {
    const { discord } = context;
    if (!discord.isReady()) return;
    catchUpWith(
      discord.guilds.cache.filter(({ shardId }) => shardId === shard).map((guild) => guild),
      context,
    );
  },
});
