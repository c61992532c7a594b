import { type Clauses, readClauses } from './clauses.ts';
import { Cursor } from './cursor.ts';
import { findOnce } from './find-once.ts';
import { findRepeat } from './find-repeat.ts';
import type { Grammar } from './grammar/grammar.ts';
import { READ } from './grammar/grammars.ts';
import { lex } from './lex.ts';
import { zoneOfOffset } from './offsets.ts';
import { type Parsed, parsed, TimeTextError } from './problem.ts';
import type { Recurrence } from './rule.ts';
import { readSpan, spanMs } from './span.ts';
import { wallOf, wallText } from './wall.ts';

export interface DurationBounds {
  /** A second unless given; 0 allows '0s'. */
  readonly minMs?: number;
  /** 100 years unless given. */
  readonly maxMs?: number;
  /** `READ` unless given. */
  readonly words?: Grammar;
}

/** Who writes: when, and in which zone, by a name that `isZone` knows. */
export interface Reading {
  readonly now: Date;
  readonly zone: string;
  /** `READ` unless given. */
  readonly words?: Grammar;
  /** How far ahead a moment, or the first or last of a repetition, may be; 100 years at most and unless given. */
  readonly maxMs?: number;
  /** How close together occurrences of a repetition may be; a minute unless given. */
  readonly minEveryMs?: number;
  /** A day without a time means its last second, as the end of something does. */
  readonly endOfDay?: boolean;
}

/** A moment, with the wall time it was meant as (`2027-01-05T14:30:00`, in `zone`), or a repetition and its first time. */
export type When =
  | { readonly kind: 'once'; readonly at: Date; readonly wall: string; readonly zone: string }
  | { readonly kind: 'repeat'; readonly recurrence: Recurrence; readonly first: Date };

const SECOND_MS = 1_000;
const CENTURY_MS = 100 * 365 * 86_400_000;

/** A span of time: '1h30m', '90 min', '2 weeks', '1.5h'. Elapsed milliseconds, or what is wrong with it. */
export function parseDuration(text: string, bounds: DurationBounds = {}): Parsed<{ readonly ms: number }> {
  const { minMs = SECOND_MS, maxMs = CENTURY_MS, words = READ } = bounds;
  return parsed(() => {
    const cursor = new Cursor(lex(text, words));
    cursor.take('in');
    if (cursor.peek('minus') && cursor.peek('count', 1)) throw new TimeTextError('negative');
    const span = readSpan(cursor);
    const bare = span ? undefined : cursor.take('count');
    if (bare && cursor.done) throw new TimeTextError('needsUnit', { number: bare.value });
    if (!span) throw new TimeTextError('notADuration');
    if (!cursor.done) cursor.stuck();
    const ms = Math.round(spanMs(span));
    if (ms < minMs) throw new TimeTextError('tooShort', { least: { span: minMs } });
    if (ms > maxMs) throw new TimeTextError('tooLong', { most: { span: maxMs } });
    return { ms };
  });
}

/** A moment ('in 3 days', 'fri 18:00') or a repetition ('every weekday at 9') in the person's zone, or what is wrong. */
export function parseWhen(text: string, reading: Reading): Parsed<When> {
  const { now, words = READ, minEveryMs = 0 } = reading;
  const maxMs = Math.min(reading.maxMs ?? CENTURY_MS, CENTURY_MS);
  return parsed((): When => {
    const cursor = new Cursor(lex(text, words));
    if (reading.endOfDay) cursor.take('until');
    const found = readClauses(cursor, now);
    const fixed = found.offset === undefined ? undefined : zoneOfOffset(found.offset);
    const zone = found.zone ?? fixed ?? reading.zone;
    if (found.repeat) return { kind: 'repeat', ...findRepeat(found, { now, zone, maxMs, minEveryMs }) };
    const at = findOnce(reading.endOfDay ? endOfDay(found) : found, { now, zone, maxMs });
    return { kind: 'once', at, wall: wallText(wallOf(at, zone)), zone };
  });
}

function endOfDay(found: Clauses): Clauses {
  if (!found.date || found.clock || found.part) return found;
  return { ...found, clock: { hour: 23, minute: 59, second: 59, vague: false, bare: false } };
}

/** Whether others would read it otherwise: a time as a day, a span as a time. */
export function readsTwoWays(text: string, words: Grammar = READ): boolean {
  return words.twoWays.some((way) => way.test(text));
}
