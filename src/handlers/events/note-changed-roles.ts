import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { StoppingError } from '../../lib/errors.ts';
import { definePacket } from '../define.ts';

const DEADLINE_MS = 30_000;

/** Notes which roles a member has now, where whoever comes back gets them again. */
export default definePacket({
  packet: GatewayDispatchEvents.GuildMemberUpdate,
  run({ joining, inFlight, log, settings }, member) {
    if (inFlight.stopping || settings.peek(member.guild_id, 'joinRoles')?.keep === false) return; // most of the time
    inFlight
      .track('noting roles', () => joining.changed(member), { deadlineMs: DEADLINE_MS })
      .catch((error: unknown) => {
        if (!(error instanceof StoppingError))
          log.warn({ error, guild: member.guild_id }, 'which roles a member has was not noted');
      });
  },
});
