import { activityOfMemberByDay, channelSums } from '../../../../db/activity.ts';
import { optOutsOf } from '../../../../db/opt-outs.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t } from '../../../../services/answers/words.ts';
import { busiestOf } from '../../../../services/stats/channels.ts';
import { writingOf } from '../../../../services/stats/writing.ts';
import { seesChannel } from '../../../channel-sight.ts';
import { defineCommand } from '../../../define.ts';
import { user } from '../../../options.ts';
import { answerStats, askedSpan, STATS_RULES, spanOption } from '../../../stats-command.ts';

/** How much somebody writes and where, in the channels that whoever asks sees: in others they write for nobody to know. */
export default defineCommand({
  ...STATS_RULES,
  options: { member: user({ optional: true }), span: spanOption() },
  async run({ interaction, options, reader, signal }, context) {
    const who = options.member ?? interaction.user;
    if (who.bot) throw new UserError('stats.member.bot', { who: who.username });
    const { db } = context;
    if (who.id !== interaction.user.id && (await optOutsOf(db, who.id)).some((what) => what !== 'levels'))
      throw new UserError('stats.member.optedOut', { who: who.username });
    const guild = interaction.guildId ?? '0';
    const span = await askedSpan(options.span, interaction, context);
    const sums = await channelSums(db, { guild, member: who.id }, span.from);
    const seen = sums.filter(({ channel }) => seesChannel(interaction, channel));
    const channels = seen.map(({ channel }) => channel);
    const days = await activityOfMemberByDay(db, { guild, member: who.id, channels }, span.from);
    const writing = writingOf(days, span, reader);
    const total = seen.reduce((sum, { messages }) => sum + messages, 0);
    const gone = options.member !== undefined && interaction.options.getMember('member') === null;
    const left = gone ? [{ kind: 'text', text: t('stats.member.gone') } as const] : [];
    const parts = writing
      ? [...left, { kind: 'lines', lines: writing.lines } as const, ...busiestOf(seen, total, () => true)]
      : [];
    const shown = {
      title: t('stats.member.title', { who: mention('user', who.id), count: span.days }),
      parts: [...parts, ...(parts.length > 0 ? [{ kind: 'small', text: t('stats.member.seen') } as const] : [])],
      charts: { messages: writing },
    };
    return await answerStats(shown, span, { reader, signal }, context);
  },
});
