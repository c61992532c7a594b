import { list, t, timestamp } from '../../answers/words.ts';
import type { Section } from '../section.ts';

const SHOWN = 3;

/** When most was written; each reader sees the hours in their own time. */
const busiestHours: Section = {
  alone: false,
  async gather({ guild, day }, { tally }) {
    const counts = await tally.ofDay(guild, day);
    const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, messages: counts.get(`hour-${hour}`) ?? 0 }))
      .filter(({ messages }) => messages > 0)
      .sort((a, b) => b.messages - a.messages || a.hour - b.hour)
      .slice(0, SHOWN);
    if (hours.length === 0) return undefined;
    const said = hours.map(({ hour, messages }) =>
      t('reports.busiest.hour', {
        from: timestamp(new Date(Date.parse(day) + hour * 3_600_000), 't'),
        count: messages,
      }),
    );
    return { lines: [list(said)] };
  },
};

export default busiestHours;
