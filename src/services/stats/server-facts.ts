import { channelSums, writtenSince } from '../../db/activity.ts';
import type { Db } from '../../db/connect.ts';
import { joinWeeks } from '../../db/member-joins.ts';
import { movesByDay, weekHoursOfServer } from '../../db/server-days.ts';
import { firstWeek } from './retention.ts';
import type { Span } from './span.ts';

/** All that is asked of the database for the statistics of a server, at the same time. */
export async function serverFacts(db: Db, guild: string, span: Span, now: Date) {
  const [hours, moves, written, sums, weeks] = await Promise.all([
    weekHoursOfServer(db, guild, span.stretches),
    movesByDay(db, guild, span.from),
    writtenSince(db, guild, span.from),
    channelSums(db, { guild }, span.from),
    joinWeeks(db, guild, firstWeek(span, now)),
  ]);
  return { hours, moves, written, sums, weeks };
}
