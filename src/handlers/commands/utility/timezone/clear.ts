import { sayZone } from '../../../../lib/time/offsets.ts';
import { say } from '../../../../services/answers/answer.ts';
import { defineCommand } from '../../../define.ts';

/** Forgets the zone of whoever asks; the server's holds again. */
export default defineCommand({
  where: 'anywhere',
  visible: 'private',
  async run({ interaction: { user, guildId } }, { zones }) {
    const [own, zone] = await Promise.all([zones.own(user.id), zones.ofServer(guildId)]);
    if (own === undefined) return say('commands.timezone.clear.none', { zone: sayZone(zone) });
    await zones.set(user.id, null);
    return say('commands.timezone.clear.done', { zone: sayZone(zone) }, { tone: 'good' });
  },
});
