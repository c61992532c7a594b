/** A time in which the clocks of a zone are equally far off UTC. */
export interface Stretch {
  readonly from: Date;
  /** That moment is no longer in it. */
  readonly to: Date;
  /** East of UTC. */
  readonly minutes: number;
}

/** The times between two moments in which the clocks of a zone do not change: one, or more where summer begins or ends. */
export function stretchesOf(zone: string, from: Date, to: Date): Stretch[] {
  const stretches: Stretch[] = [];
  let begin = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
  while (begin.epochMilliseconds < to.getTime()) {
    const change = begin.getTimeZoneTransition('next');
    const end = Math.min(to.getTime(), change?.epochMilliseconds ?? Number.POSITIVE_INFINITY);
    const minutes = Math.trunc(begin.offsetNanoseconds / 60e9);
    stretches.push({ from: new Date(begin.epochMilliseconds), to: new Date(end), minutes });
    if (!change) break;
    begin = change;
  }
  return stretches;
}
