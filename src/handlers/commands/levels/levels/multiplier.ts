import { type BaseInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import type { Answer, Part } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { MOST_MULTIPLIED, MOST_PERCENT } from '../../../../services/settings/areas/levels.ts';
import { TEXT_CHANNELS } from '../../../channel-setting.ts';
import { type Asked, defineCommand } from '../../../define.ts';
import { channel, integer, role } from '../../../options.ts';
import { changeArea, lastChange } from '../../../settings-panel.ts';

const CHANNELS = [...TEXT_CHANNELS, ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildVoice];
const WHOLE = 100;

type Percents = Readonly<Record<string, number>>;

/** By how much points are multiplied in a channel or for a role; shows all of them. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: {
    channel: channel({ optional: true, types: CHANNELS }),
    role: role({ optional: true }),
    percent: integer({ optional: true, min: 0, max: MOST_PERCENT }),
  },
  async run(asked, context) {
    const { channel, role, percent } = asked.options;
    const chosen = channel ?? role;
    if ((chosen === undefined) !== (percent === undefined) || (channel && role))
      throw new UserError('commands.levels.multiplier.oneAndPercent');
    if (chosen && percent !== undefined)
      await change(channel ? 'channelPercents' : 'rolePercents', chosen.id, percent, asked, context);
    return await panel(asked, context, chosen !== undefined);
  },
});

async function change(
  field: 'channelPercents' | 'rolePercents',
  id: string,
  percent: number,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  const without = (held: Percents) => Object.entries(held).filter(([key]) => key !== id);
  await changeArea(
    'levels',
    ({ [field]: held }) => {
      const others = without(held);
      if (others.length >= MOST_MULTIPLIED && percent !== WHOLE)
        throw new UserError('commands.levels.multiplier.tooMany', { count: MOST_MULTIPLIED });
      return { [field]: Object.fromEntries(percent === WHOLE ? others : [...others, [id, percent]]) };
    },
    asked,
    context,
  );
}

async function panel({ interaction }: Asked<BaseInteraction>, context: Context, changed: boolean): Promise<Answer> {
  const { guild } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  const [{ on, channelPercents, rolePercents }, last] = await Promise.all([
    context.settings.of(guild.id, 'levels'),
    lastChange(guild.id, 'levels', context),
  ]);
  const lines = [
    ...linesOf(channelPercents, (id) =>
      guild.channels.cache.has(id) ? mention('channel', id) : t('settings.gone.channel', { id }),
    ),
    ...linesOf(rolePercents, (id) =>
      guild.roles.cache.has(id) ? mention('role', id) : t('settings.gone.role', { id }),
    ),
  ];
  const shown: Part =
    lines.length > 0 ? { kind: 'lines', lines } : { kind: 'text', text: t('commands.levels.multiplier.none') };
  return {
    tone: changed ? 'good' : 'info',
    title: t('commands.levels.multiplier.title'),
    parts: [
      ...(changed ? [{ kind: 'text', text: t('commands.config.changed') } as const] : []),
      shown,
      { kind: 'small', text: last },
    ],
    next: on ? t('commands.levels.multiplier.next') : t('levels.off'),
  };
}

function linesOf(percents: Percents, named: (id: string) => Words): readonly Words[] {
  return Object.entries(percents).map(([id, percent]) =>
    t('commands.levels.multiplier.line', { what: named(id), percent }),
  );
}
