import { PermissionFlagsBits } from 'discord.js';
import { raidsSince } from '../../../db/raids.ts';
import { command, lasting, markup, t, timestamp } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { MODERATES } from '../../moderate.ts';
import { raidListButton, resumeInvitesButton } from '../../raid-buttons.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** When a raid is seen, and those that were. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ModerateMembers,
  components: [raidListButton, resumeInvitesButton],
  async run({ interaction }, { db, now, settings }) {
    const guild = interaction.guildId ?? '0';
    const { on, joins, seconds } = await settings.of(guild, 'raids');
    const raids = await raidsSince(db, guild, new Date(now().getTime() - DAYS * DAY_MS));
    const lines = raids.map(({ count, beganAt, place, posted }) => {
      const said = { count, when: timestamp(beganAt) };
      if (place === null || posted === null) return t('raids.seen.line', said);
      const link = markup(`https://discord.com/channels/${guild}/${place}/${posted}`);
      return t('raids.seen.linked', { ...said, link });
    });
    return {
      tone: 'info',
      title: t('raids.seen.title'),
      parts: [
        {
          kind: 'text',
          text: on ? t('raids.seen.on', { count: joins, span: lasting(seconds * 1_000) }) : t('raids.seen.off'),
        },
        ...(lines.length > 0
          ? [{ kind: 'points', points: lines } as const]
          : [{ kind: 'small', text: t('raids.seen.none', { count: DAYS }) } as const]),
      ],
      next: t('raids.seen.next', { command: command('config section') }),
    };
  },
});
