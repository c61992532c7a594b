import { PermissionFlagsBits } from 'discord.js';
import { countByActor, countByDay } from '../../../../db/case-list.ts';
import { mention, type Said, t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { moderatedOf } from '../../../../services/stats/moderated.ts';
import { defineCommand } from '../../../define.ts';
import { answerStats, askedSpan, STATS_RULES, spanOption } from '../../../stats-command.ts';

/** Moderators who are named, and rules: those that did most. */
const SHOWN = 10;

/** What was done to keep order, by kind and by whom, and what rules hit. */
export default defineCommand({
  ...STATS_RULES,
  needs: PermissionFlagsBits.ModerateMembers,
  options: { span: spanOption() },
  async run({ interaction, options, reader, signal }, context) {
    const guild = interaction.guildId ?? '0';
    const span = await askedSpan(options.span, interaction, context);
    const filter = { guild, from: new Date(span.from) };
    const [days, actors, hits, { rules }] = await Promise.all([
      countByDay(context.db, filter),
      countByActor(context.db, filter, SHOWN),
      context.ruleStats.ofServer(guild, span.days),
      readBook(guild, context),
    ]);
    const moderated = moderatedOf(days, span, reader, context);
    const byWhom = actors.map(
      ({ actor, total }): Said => t('stats.moderation.by', { who: mention('user', actor), count: total }),
    );
    const others = (actors[0]?.people ?? 0) - actors.length;
    if (others > 0) byWhom.push(t('stats.moderation.more', { count: others }));
    const named = new Map(rules.map(({ id, name }) => [id, name]));
    const byRule = hits
      .filter((one) => one.hits > 0 && named.has(one.rule))
      .sort((a, b) => b.hits - a.hits)
      .slice(0, SHOWN)
      .map((one) => t('stats.moderation.rule', { name: named.get(one.rule) ?? '', count: one.hits }));
    const lines = (title: Said, said: readonly Said[]) =>
      said.length > 0 ? [{ kind: 'lines', title, lines: said } as const] : [];
    const shown = {
      title: t('stats.moderation.title', { count: span.days }),
      parts: [
        ...lines(t('stats.moderation.kinds'), moderated?.lines ?? []),
        ...lines(t('stats.moderation.people'), byWhom),
        ...lines(t('stats.moderation.rules'), byRule),
      ],
      charts: { moderation: moderated },
    };
    return await answerStats(shown, span, { reader, signal }, context);
  },
});
