import type { Context } from '../../../../context.ts';
import { countCases } from '../../../../db/case-list.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { CASE_RULES, firstPage } from '../../../case-pages.ts';
import { defineCommand } from '../../../define.ts';
import { user } from '../../../options.ts';

/** All that is known of a person here: how often what was done, and the cases themselves. */
export default defineCommand({
  ...CASE_RULES,
  options: { user: user() },
  async run({ options: { user }, interaction }, context) {
    const sought = { target: user.id };
    const title = t('cases.history.title', { name: user.username });
    const [page, summary] = await Promise.all([
      firstPage(sought, title, interaction, context),
      summaryOf(interaction.guildId ?? '0', user.id, context),
    ]);
    return { ...page, parts: [{ kind: 'text', text: summary }, ...page.parts] };
  },
});

async function summaryOf(guild: string, target: string, context: Context): Promise<Words> {
  const counts = await countCases(context.db, { guild, target });
  const parts = counts.map(({ type, count }) =>
    t('cases.history.count', { type: typeWords({ type }, context), count }),
  );
  const points = counts.reduce((sum, one) => sum + one.points, 0);
  return t('cases.history.summary', {
    who: mention('user', target),
    counts: parts.length === 0 ? t('cases.history.nothing') : { list: parts },
    points,
  });
}
