import { activityOfChannel } from '../../../../db/activity.ts';
import { weekHoursOfChannel } from '../../../../db/channel-hours.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t } from '../../../../services/answers/words.ts';
import { weekOf } from '../../../../services/stats/week.ts';
import { writingOf } from '../../../../services/stats/writing.ts';
import { seesChannel } from '../../../channel-sight.ts';
import { defineCommand } from '../../../define.ts';
import { channel } from '../../../options.ts';
import { answerStats, askedSpan, STATS_RULES, spanOption } from '../../../stats-command.ts';

/** When and how much is written in a channel, for whoever sees it. */
export default defineCommand({
  ...STATS_RULES,
  options: { channel: channel({ optional: true }), span: spanOption() },
  async run({ interaction, options, reader, signal }, context) {
    const id = options.channel?.id ?? interaction.channelId;
    if (!seesChannel(interaction, id)) throw new UserError('stats.channel.unseen');
    const where = { guild: interaction.guildId ?? '0', channel: id };
    const span = await askedSpan(options.span, interaction, context);
    const [hours, days] = await Promise.all([
      weekHoursOfChannel(context.db, where, span.stretches),
      activityOfChannel(context.db, where, span.from),
    ]);
    const writing = writingOf(days, span, reader);
    const week = weekOf(hours, span.zone, reader);
    const shown = {
      title: t('stats.channel.title', { channel: mention('channel', id), count: span.days }),
      parts: [...(writing ? [{ kind: 'lines', lines: writing.lines } as const] : []), ...(week ? [week.table] : [])],
      charts: { messages: writing, hours: week },
    };
    return await answerStats(shown, span, { reader, signal }, context);
  },
});
