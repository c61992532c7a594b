import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { type Answer, type Attached, type Part, say } from '../services/answers/answer.ts';
import { type Said, t } from '../services/answers/words.ts';
import { pictureOf } from '../services/stats/picture.ts';
import { SPANS, type Span, type SpanName, spanOf, USUAL_SPAN } from '../services/stats/span.ts';
import type { StatsChart } from '../workers/chart/stats-chart.ts';
import type { Asked, Rules } from './define.ts';
import { text } from './options.ts';

/** Of all statistics. Whoever asks sees them alone: others may not see the same channels. */
export const STATS_RULES = {
  visible: 'private',
  cooldown: { uses: 6, seconds: 30 },
  deadlineMs: 60_000,
} as const satisfies Rules;

/** Over which time. */
export const spanOption = () => text({ optional: true, choices: SPANS });

/** The days that are asked for, as the clocks of the server have them. */
export async function askedSpan(
  name: SpanName = USUAL_SPAN,
  { guildId }: BaseInteraction,
  { settings, now }: Context,
): Promise<Span> {
  const { timeZone } = await settings.of(guildId ?? '0', 'general');
  return spanOf(name, timeZone, now());
}

interface Shown {
  readonly title: Said;
  readonly parts: readonly Part[];
  /** By the names of their files. */
  readonly charts: Readonly<Record<string, { readonly chart: StatsChart; readonly alt: Said } | undefined>>;
}

/** What was found, with its charts; plain words where that is nothing. */
export async function answerStats(
  { title, parts, charts }: Shown,
  span: Span,
  asked: Pick<Asked<BaseInteraction>, 'reader' | 'signal'>,
  context: Context,
): Promise<Answer> {
  if (parts.length === 0) return say('stats.nothing', { count: span.days });
  const drawn = Object.entries(charts).map(([name, chart]) =>
    chart ? pictureOf(name, chart, asked, context) : undefined,
  );
  const pictures = (await Promise.all(drawn)).filter((one): one is Attached => one !== undefined);
  return { tone: 'info', title, parts: [...parts, ...cutShort(span, context)], pictures };
}

/** Days beyond those that the bot keeps are added up, and belong to no day any more. */
function cutShort({ days }: Span, { config: { ACTIVITY_DAYS: kept } }: Context): readonly Part[] {
  return days > kept ? [{ kind: 'small', text: t('stats.kept', { count: kept }) }] : [];
}
