import type { BaseInteraction, User } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { countCases } from '../../../../db/case-list.ts';
import { sumPoints } from '../../../../db/points.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { mention, t, type Words } from '../../../../services/answers/words.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { CASE_RULES, firstPage } from '../../../case-pages.ts';
import { defineCommand, defineUserMenu } from '../../../define.ts';
import { user } from '../../../options.ts';

const DAY_MS = 86_400_000;

const menu = defineUserMenu({
  ...CASE_RULES,
  id: 'history',
  sameAs: 'history user',
  run: ({ interaction }, context) => historyOf(interaction.targetUser, interaction, context),
});

/** All that is known of a person here: how often what was done, and the cases themselves. */
export default defineCommand({
  ...CASE_RULES,
  options: { user: user() },
  menus: [menu],
  run: ({ options: { user }, interaction }, context) => historyOf(user, interaction, context),
});

async function historyOf({ id, username }: User, interaction: BaseInteraction, context: Context): Promise<Answer> {
  const sought = { target: id };
  const title = t('cases.history.title', { name: username });
  const [page, summary] = await Promise.all([
    firstPage(sought, title, interaction, context),
    summaryOf(interaction.guildId ?? '0', id, context),
  ]);
  return { ...page, parts: [{ kind: 'text', text: summary }, ...page.parts] };
}

async function summaryOf(guild: string, target: string, context: Context): Promise<Words> {
  const { decayDays } = await context.settings.of(guild, 'moderation');
  const since = new Date(context.now().getTime() - decayDays * DAY_MS);
  const [counts, points, ever] = await Promise.all([
    countCases(context.db, { guild, target }),
    sumPoints(context.db, { guild, target }, since),
    sumPoints(context.db, { guild, target }, new Date(0)),
  ]);
  const parts = counts.map(({ type, count }) =>
    t('cases.history.count', { type: typeWords({ type }, context), count }),
  );
  return t(ever === points ? 'cases.history.summary' : 'cases.history.decayed', {
    who: mention('user', target),
    counts: parts.length === 0 ? t('cases.history.nothing') : { list: parts },
    ...{ points, days: decayDays, ever },
  });
}
