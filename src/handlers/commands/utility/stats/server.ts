import { amount, type Said, t } from '../../../../services/answers/words.ts';
import { busiestOf } from '../../../../services/stats/channels.ts';
import { growthOf } from '../../../../services/stats/growth.ts';
import { retentionOf } from '../../../../services/stats/retention.ts';
import { serverFacts } from '../../../../services/stats/server-facts.ts';
import { weekOf } from '../../../../services/stats/week.ts';
import { seesChannel } from '../../../channel-sight.ts';
import { defineCommand } from '../../../define.ts';
import { answerStats, askedSpan, STATS_RULES, spanOption } from '../../../stats-command.ts';

/** When and where a server writes, who comes and goes, and who stays. */
export default defineCommand({
  ...STATS_RULES,
  options: { span: spanOption() },
  async run({ interaction, options, reader, signal }, context) {
    const guild = interaction.guildId ?? '0';
    const span = await askedSpan(options.span, interaction, context);
    const now = context.now();
    const { hours, moves, written, sums, weeks } = await serverFacts(context.db, guild, span, now);
    const week = weekOf(hours, span.zone, reader);
    const growth = growthOf(moves, interaction.guild?.memberCount ?? 0, span, reader);
    const retention = retentionOf(weeks, now, reader);
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
        ...(retention ? [retention.table] : []),
        ...busiestOf(sums, written.messages, (channel) => seesChannel(interaction, channel)),
      ],
      charts: { hours: week, members: growth, retention },
    };
    return await answerStats(shown, span, { reader, signal }, context);
  },
});
