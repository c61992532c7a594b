import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { t, type Words } from '../../../../services/answers/words.ts';
import { MOST_BRAKED } from '../../../../services/settings/areas/moderation.ts';
import { defineCommand } from '../../../define.ts';
import { boolean, integer } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';
import { mustOwn } from '../../../standing.ts';

const limit = () => integer({ optional: true, min: 0, max: MOST_BRAKED });
const COUNTED = ['bans', 'kicks', 'roles', 'deletions', 'messages'] as const;

/** Shows how much one account may do in a short time before its rank is frozen, and changes it. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: {
    bans: limit(),
    kicks: limit(),
    roles: limit(),
    deletions: limit(),
    messages: limit(),
    minutes: integer({ optional: true, min: 1, max: 1_440 }),
    takeRoles: boolean({ optional: true }),
  },
  async run(asked, context) {
    const { options, interaction } = asked;
    const changes = Object.values(options).some((value) => value !== undefined);
    if (changes) {
      await mustOwn(interaction, context); // who is held by the brake must not let it go
      const { bans, kicks, roles, deletions, messages, minutes, takeRoles } = options;
      const all = {
        ...{ brakeBans: bans, brakeKicks: kicks, brakeRoles: roles, brakeDeletions: deletions },
        ...{ brakeMessages: messages, brakeMinutes: minutes, brakeTakesRoles: takeRoles },
      };
      const given = Object.entries(all).filter(([, value]) => value !== undefined);
      await changeArea('moderation', Object.fromEntries(given), asked, context);
    }
    return await panel(interaction.guildId ?? '0', context, changes);
  },
});

async function panel(guild: string, context: Context, changes: boolean): Promise<Answer> {
  const [value, last] = await Promise.all([
    context.settings.of(guild, 'moderation'),
    lastChange(guild, 'moderation', context),
  ]);
  const { brakeBans, brakeKicks, brakeRoles, brakeDeletions, brakeMessages, brakeMinutes, brakeTakesRoles } = value;
  const limits = {
    bans: brakeBans,
    kicks: brakeKicks,
    roles: brakeRoles,
    deletions: brakeDeletions,
    messages: brakeMessages,
  };
  const shown = (most: number): Words =>
    most === 0 ? t('commands.config.brake.off') : t('commands.config.brake.most', { count: most });
  return {
    tone: changes ? 'good' : 'info',
    title: t('commands.config.brake.title'),
    parts: [
      ...(changes ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      {
        kind: 'fields',
        fields: [
          ...COUNTED.map((what) => [t(`commands.config.brake.${what}`), shown(limits[what])] as const),
          [
            t('commands.config.brake.takesRoles'),
            t(brakeTakesRoles ? 'commands.config.brake.taken' : 'commands.config.brake.notTaken'),
          ],
          [t('commands.config.brake.window'), t('commands.config.brake.minutes', { count: brakeMinutes })],
        ],
      },
      { kind: 'small', text: last },
    ],
    next: t('commands.config.brake.next'),
  };
}
