import { TimeTextError } from './problem.ts';

/** The instant at which the clocks of a zone show a wall time; where they show it twice the first that is after `now`. */
export function instantOf(wall: Temporal.PlainDateTime, zone: string, now: Date): Date {
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const second = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  // In a gap both readings show another time than the one asked for.
  if (!second.toPlainDateTime().equals(wall)) {
    const instead = second.toPlainDateTime();
    throw new TimeTextError('noSuchHour', {
      time: clockText(wall),
      date: wall.toPlainDate().toString(),
      zone,
      instead: `${instead.toPlainDate().toString()} ${clockText(instead)}`,
    });
  }
  return new Date(first.epochMilliseconds > now.getTime() ? first.epochMilliseconds : second.epochMilliseconds);
}

/** What the clocks of a zone show at an instant. */
export function wallOf(instant: Date, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** `2027-01-05T14:30:00`, as moments and anchors are kept. */
export function wallText(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'second' });
}

function clockText(wall: Temporal.PlainDateTime): string {
  return wall.toPlainTime().toString({ smallestUnit: 'minute' });
}
