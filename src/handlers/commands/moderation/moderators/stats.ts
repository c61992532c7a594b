import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { type ActorCount, countByActor } from '../../../../db/case-list.ts';
import { type Answer, say } from '../../../../services/answers/answer.ts';
import { fitPage } from '../../../../services/answers/fit.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, render, type Said, t, timestamp } from '../../../../services/answers/words.ts';
import { typeWords } from '../../../../services/moderation/notice.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { defineCommand } from '../../../define.ts';
import { integer, text, user } from '../../../options.ts';
import { LONGEST_PAST, readPast } from '../../../past-option.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_SHOWN = 20;
/** Of each that many are named; of one alone all. */
const MOST_TYPES = 6;
/** Letters: what Discord takes of a message, less what stands around. */
const ROOM = 2_800;

/** Who has done how much to keep order in a time, whoever did most first. */
export default defineCommand({
  ...CASE_RULES,
  needs: PermissionFlagsBits.ManageGuild,
  options: {
    days: integer({ optional: true, min: 1, max: 3_650 }),
    from: text({ optional: true, max: LONGEST_PAST }),
    to: text({ optional: true, max: LONGEST_PAST }),
    moderator: user({ optional: true }),
  },
  async run({ options, interaction, reader }, context): Promise<Answer> {
    const { days, moderator } = options;
    const from = options.from === undefined ? undefined : await readPast(options.from, 'begin', interaction, context);
    const to = options.to === undefined ? undefined : await readPast(options.to, 'end', interaction, context);
    if (days !== undefined && (from || to)) throw new UserError('commands.moderators.stats.either');
    if (from && to && from >= to) throw new UserError('commands.moderators.stats.backwards');
    const span: Span = from || to ? { from, to } : { days: days ?? USUAL_DAYS };
    const since = span.days === undefined ? from : new Date(context.now().getTime() - span.days * DAY_MS);
    const filter = { guild: interaction.guildId ?? '0', from: since, before: to, actor: moderator?.id };
    const counts = await countByActor(context.db, filter, MOST_SHOWN);
    if (counts.length === 0) return say('commands.moderators.stats.none');
    const lineOf = (one: ActorCount) => lineFor(one, moderator ? Number.POSITIVE_INFINITY : MOST_TYPES, context);
    const room = { most: MOST_SHOWN, room: ROOM, from: 'first' } as const;
    const shown = fitPage(counts, (one) => render(lineOf(one), reader), room);
    const left = (counts[0]?.people ?? 0) - shown.length;
    return {
      tone: 'info',
      title: titleOf(span),
      parts: [
        { kind: 'lines', lines: shown.map(lineOf) },
        ...(left > 0 ? [{ kind: 'small', text: t('commands.moderators.stats.more', { count: left }) } as const] : []),
      ],
    };
  },
});

interface Span {
  readonly days?: number;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

function titleOf({ days, from, to }: Span): Said {
  if (days !== undefined) return t('commands.moderators.stats.title', { count: days });
  const key = from && to ? 'titleFromTo' : from ? 'titleFrom' : 'titleTo';
  const said = (at: Date | undefined) => (at ? timestamp(at, 'f') : '');
  return t(`commands.moderators.stats.${key}`, { from: said(from), to: said(to) });
}

function lineFor({ actor, total, types }: ActorCount, most: number, context: Context): Said {
  const sorted = Object.entries(types).sort(([, a], [, b]) => b - a);
  const counts = sorted
    .slice(0, most)
    .map(([type, count]) => t('cases.history.count', { type: typeWords({ type }, context), count }));
  const others = sorted.slice(most).reduce((sum, [, count]) => sum + count, 0);
  if (others > 0) counts.push(t('commands.moderators.stats.others', { count: others }));
  return t('commands.moderators.stats.line', { who: mention('user', actor), total, counts: { list: counts } });
}
