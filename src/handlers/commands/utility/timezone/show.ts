import { sayZone } from '../../../../lib/time/offsets.ts';
import { say } from '../../../../services/answers/answer.ts';
import { defineCommand } from '../../../define.ts';
import { clockIn } from '../../../zone-option.ts';

/** The zone that holds for whoever asks, and where it comes from. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  async run({ interaction: { user, guildId } }, { now, zones }) {
    const own = await zones.own(user.id);
    if (own !== undefined) return say('commands.timezone.show.own', { zone: sayZone(own), clock: clockIn(own, now()) });
    const zone = await zones.ofServer(guildId);
    const key = guildId === null ? 'commands.timezone.show.none' : 'commands.timezone.show.ofServer';
    return say(key, { zone: sayZone(zone), clock: clockIn(zone, now()) });
  },
});
