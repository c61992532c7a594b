import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { StoppingError } from '../../lib/errors.ts';
import { definePacket } from '../define.ts';

const DEADLINE_MS = 30_000;

/** Says a word of whoever has left, and does no more of what was to be done for them. discord.js tells only of those it remembers. */
export default definePacket({
  packet: GatewayDispatchEvents.GuildMemberRemove,
  run({ joining, inFlight, log }, gone) {
    if (inFlight.stopping) return;
    const work = joining.left(gone); // begun before discord.js forgets them
    inFlight
      .track('taking leave', () => work, { deadlineMs: DEADLINE_MS })
      .catch((error: unknown) => {
        if (!(error instanceof StoppingError))
          log.warn({ error, guild: gone.guild_id }, 'of somebody who left nothing was said');
      });
  },
});
