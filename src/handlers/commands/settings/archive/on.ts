import { PermissionFlagsBits } from 'discord.js';
import { mention, t } from '../../../../services/answers/words.ts';
import { MOST_DAYS } from '../../../../services/settings/areas/archive.ts';
import { ARCHIVED_TYPES, archiveCard, mustBeReadable, setChannelDays } from '../../../archive-setting.ts';
import { defineCommand } from '../../../define.ts';
import { channel, integer } from '../../../options.ts';
import { changeArea } from '../../../settings-panel.ts';

/** Has messages kept from now on, of a channel or of the whole server. The answer is public: it tells the members. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  options: {
    channel: channel({ optional: true, types: ARCHIVED_TYPES }),
    days: integer({ optional: true, min: 1, max: MOST_DAYS }),
  },
  async run(asked, context) {
    const { channel, days } = asked.options;
    if (!channel) {
      await changeArea('archive', { on: true, ...(days !== undefined && { days }) }, asked, context);
      return await archiveCard(asked, context, t('archive.nowServer'));
    }
    mustBeReadable(channel.id, asked.interaction);
    const usual = (await context.settings.of(asked.interaction.guildId ?? '0', 'archive')).days;
    await setChannelDays(channel.id, days ?? usual, asked, context);
    return await archiveCard(asked, context, t('archive.nowChannel', { channel: mention('channel', channel.id) }));
  },
});
