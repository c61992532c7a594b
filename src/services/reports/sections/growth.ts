import { Routes } from 'discord.js';
import type { Context } from '../../../context.ts';
import { type Said, t } from '../../answers/words.ts';
import type { Section } from '../section.ts';

/** Who came and went, and how many there are now. */
const growth: Section = {
  alone: true,
  async gather({ guild, day }, context, signal) {
    const counts = await context.tally.ofDay(guild, day);
    const [joins, leaves] = [counts.get('joins') ?? 0, counts.get('leaves') ?? 0];
    if (joins === 0 && leaves === 0) return undefined;
    const total = await membersOf(guild, context, signal);
    const lines: Said[] = [
      t('reports.growth.joins', { count: joins }),
      t('reports.growth.leaves', { count: leaves }),
      ...(total === undefined ? [] : [t('reports.growth.total', { count: total })]),
    ];
    return { lines };
  },
};

export default growth;

async function membersOf(guild: string, { discord }: Context, signal: AbortSignal): Promise<number | undefined> {
  const here = discord.guilds.cache.get(guild);
  if (here) return here.memberCount;
  const query = new URLSearchParams({ with_counts: 'true' });
  const answer = await discord.rest.get(Routes.guild(guild), { query, signal }); // another process has this server
  const counted = typeof answer === 'object' && answer !== null && 'approximate_member_count' in answer;
  return counted ? Number(answer.approximate_member_count) : undefined;
}
