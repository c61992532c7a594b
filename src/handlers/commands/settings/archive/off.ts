import { PermissionFlagsBits } from 'discord.js';
import { mention, t } from '../../../../services/answers/words.ts';
import { ARCHIVED_TYPES, archiveCard, setChannelDays } from '../../../archive-setting.ts';
import { defineCommand } from '../../../define.ts';
import { channel } from '../../../options.ts';
import { changeArea } from '../../../settings-panel.ts';

/** Keeps nothing more, of a channel or in the whole server. What is kept goes when its days are over. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  options: { channel: channel({ optional: true, types: ARCHIVED_TYPES }) },
  async run(asked, context) {
    const { channel } = asked.options;
    if (!channel) {
      await changeArea('archive', { on: false, channelDays: {} }, asked, context);
      return await archiveCard(asked, context, t('archive.offServer'));
    }
    await setChannelDays(channel.id, 0, asked, context);
    return await archiveCard(asked, context, t('archive.offChannel', { channel: mention('channel', channel.id) }));
  },
});
