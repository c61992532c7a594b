import { sayZone } from '../../../../lib/time/offsets.ts';
import { say } from '../../../../services/answers/answer.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { clockIn, offerZones, readZone } from '../../../zone-option.ts';

/** Keeps the zone in which a person writes and reads times. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  options: { zone: text({ max: 64, autocomplete: offerZones }) },
  async run({ interaction, options }, { now, zones }) {
    const zone = readZone(options.zone);
    await zones.set(interaction.user.id, zone);
    return say('commands.timezone.set.done', { zone: sayZone(zone), clock: clockIn(zone, now()) }, { tone: 'good' });
  },
});
