import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { countByActor } from '../../../../db/case-list.ts';
import { type Answer, say } from '../../../../services/answers/answer.ts';
import { mention, type Said, t } from '../../../../services/answers/words.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_SHOWN = 20;

/** Who has done how much to keep order lately, whoever did most first. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  options: { days: integer({ optional: true, min: 1, max: 3_650 }) },
  async run({ options: { days = USUAL_DAYS }, interaction }, context): Promise<Answer> {
    const since = new Date(context.now().getTime() - days * DAY_MS);
    const counts = await countByActor(context.db, { guild: interaction.guildId ?? '0', from: since }, MOST_SHOWN);
    if (counts.length === 0) return say('commands.moderators.stats.none', { count: days });
    return {
      tone: 'info',
      title: t('commands.moderators.stats.title', { count: days }),
      parts: [{ kind: 'points', points: counts.map((one) => lineOf(one, context)) }],
    };
  },
});

function lineOf({ actor, total, types }: Awaited<ReturnType<typeof countByActor>>[number], context: Context): Said {
  const counts = Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) => t('cases.history.count', { type: typeWords({ type }, context), count }));
  return t('commands.moderators.stats.line', { who: mention('user', actor), total, counts: { list: counts } });
}
