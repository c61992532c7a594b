import { channelSums, writtenSince } from '../../../../db/activity.ts';
import { movesByDay, weekHoursOfServer } from '../../../../db/server-days.ts';
import { amount, type Said, t } from '../../../../services/answers/words.ts';
import { busiestOf } from '../../../../services/stats/channels.ts';
import { growthOf } from '../../../../services/stats/growth.ts';
import { weekOf } from '../../../../services/stats/week.ts';
import { seesChannel } from '../../../channel-sight.ts';
import { defineCommand } from '../../../define.ts';
import { answerStats, askedSpan, STATS_RULES, spanOption } from '../../../stats-command.ts';

/** When and where a server writes, and who comes and goes. */
export default defineCommand({
  ...STATS_RULES,
  options: { span: spanOption() },
  async run({ interaction, options, reader, signal }, context) {
    const guild = interaction.guildId ?? '0';
    const span = await askedSpan(options.span, interaction, context);
    const { db } = context;
    const [hours, moves, written, sums] = await Promise.all([
      weekHoursOfServer(db, guild, span.stretches),
      movesByDay(db, guild, span.from),
      writtenSince(db, guild, span.from),
      channelSums(db, { guild }, span.from),
    ]);
    const week = weekOf(hours, span.zone, reader);
    const growth = growthOf(moves, interaction.guild?.memberCount ?? 0, span, reader);
    const lines: Said[] = [
      ...(written.messages > 0
        ? [t('stats.written', { messages: amount(written.messages), people: amount(written.members) })]
        : []),
      ...(growth?.lines ?? []),
    ];
    const shown = {
      title: t('stats.server.title', { count: span.days }),
      parts: [
        ...(lines.length > 0 ? [{ kind: 'lines', lines } as const] : []),
        ...(week ? [week.table] : []),
        ...busiestOf(sums, written.messages, (channel) => seesChannel(interaction, channel)),
      ],
      charts: { hours: week, members: growth },
    };
    return await answerStats(shown, span, { reader, signal }, context);
  },
});
