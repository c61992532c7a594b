import { activityByDay, type DayActivity } from '../../../db/activity.ts';
import { type Said, t } from '../../answers/words.ts';
import { dayPlus, type Section } from '../section.ts';

/** How much was written, by how many, against the day before and the week before. */
const activity: Section = {
  alone: true,
  async gather({ guild, day }, { db }) {
    const days = await activityByDay(db, guild, { from: dayPlus(day, -7), to: day });
    const of = (wanted: string) => days.find((one) => one.day === wanted);
    const today = of(day);
    if (!today) return undefined;
    const lines = [
      t('reports.activity.messages', { count: today.messages }),
      t('reports.activity.members', { count: today.members }),
      compared(today, of(dayPlus(day, -1)), 'dayBefore'),
      compared(today, of(dayPlus(day, -7)), 'weekBefore'),
    ];
    return { lines: lines.filter((line) => line !== undefined) };
  },
};

export default activity;

function compared(
  { messages, members }: DayActivity,
  before: DayActivity | undefined,
  than: 'dayBefore' | 'weekBefore',
): Said | undefined {
  if (!before) return undefined;
  const params = { messages: signed(messages - before.messages), members: signed(members - before.members) };
  return t(`reports.activity.${than}`, params);
}

/** '+12', '−3', '±0'. */
function signed(difference: number): string {
  if (difference === 0) return '±0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}
