import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { StoppingError } from '../../lib/errors.ts';
import { definePacket } from '../define.ts';

const DEADLINE_MS = 30_000;

/** Gives whoever has passed Discord's screening the roles that waited for that. */
export default definePacket({
  packet: GatewayDispatchEvents.GuildMemberUpdate,
  run({ joining, inFlight, log, settings }, member) {
    if (member.pending !== false || inFlight.stopping) return;
    const wanted = settings.peek(member.guild_id, 'joinRoles');
    if (wanted && wanted.people.length + wanted.bots.length === 0 && !wanted.keep) return; // most of the time
    inFlight
      .track('roles after screening', () => joining.screened(member), { deadlineMs: DEADLINE_MS })
      .catch((error: unknown) => {
        if (!(error instanceof StoppingError))
          log.error({ error, guild: member.guild_id }, 'roles that waited for the screening were not given');
      });
  },
});
