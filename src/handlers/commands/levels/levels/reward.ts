import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t } from '../../../../services/answers/words.ts';
import { MOST_LEVEL } from '../../../../services/levels/curve.ts';
import { whyNotMine, whyNotTheirs } from '../../../../services/moderation/member-roles.ts';
import { moderates } from '../../../../services/moderation/taken-roles.ts';
import { MOST_REWARDS } from '../../../../services/settings/areas/levels.ts';
import { type Asked, defineCommand } from '../../../define.ts';
import { integer, role } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

/** The role that a level gives; 0 takes it out. Shows all of them. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: { role: role({ optional: true }), level: integer({ optional: true, min: 0, max: MOST_LEVEL }) },
  async run(asked, context) {
    const { role, level } = asked.options;
    if ((role === undefined) !== (level === undefined)) throw new UserError('commands.levels.reward.both');
    if (role && level !== undefined) {
      if (level > 0) await mustBeGivable(role.id, asked, context);
      await change(role.id, level, asked, context);
    }
    return await panel(asked, context, role !== undefined);
  },
});

/** Whoever writes enough gets it: so it has to be one that the bot may give, and whoever chooses it might. */
async function mustBeGivable(role: string, { interaction }: Asked<BaseInteraction>, context: Context): Promise<void> {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, member } = interaction;
  const why =
    (await whyNotMine(guild, { id: role })) ??
    whyNotTheirs(member, { id: role }, context) ??
    (moderates(guild, role) ? t('joining.moderates') : undefined);
  if (why) throw new UserError(why.key, why.params);
}

async function change(role: string, level: number, asked: Asked<BaseInteraction>, context: Context): Promise<void> {
  await changeArea(
    'levels',
    ({ rewards }) => {
      const others = Object.entries(rewards).filter(([id]) => id !== role);
      if (others.length >= MOST_REWARDS && level > 0)
        throw new UserError('commands.levels.reward.tooMany', { count: MOST_REWARDS });
      return { rewards: Object.fromEntries(level === 0 ? others : [...others, [role, level]]) };
    },
    asked,
    context,
  );
}

async function panel({ interaction }: Asked<BaseInteraction>, context: Context, changed: boolean): Promise<Answer> {
  const { guild } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  const [{ on, rewards, keepRewards }, last] = await Promise.all([
    context.settings.of(guild.id, 'levels'),
    lastChange(guild.id, 'levels', context),
  ]);
  const lines = Object.entries(rewards)
    .sort(([, a], [, b]) => a - b)
    .map(([id, level]) => {
      const role = guild.roles.cache.has(id) ? mention('role', id) : t('settings.gone.role', { id });
      return t('commands.levels.reward.line', { level, role });
    });
  const shown: Part =
    lines.length > 0 ? { kind: 'lines', lines } : { kind: 'text', text: t('commands.levels.reward.none') };
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.levels.reward.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      shown,
      { kind: 'small', text: last },
    ],
    next: on ? t(`commands.levels.reward.${keepRewards ? 'kept' : 'highest'}`) : t('levels.off'),
  };
}
