import { type Static, Type } from '@sinclair/typebox';
import type { When } from '../../lib/time/parse.ts';
import { Recurrence } from '../../lib/time/rule.ts';
import { storedRecurrence } from '../../lib/time/stored-recurrence.ts';
import { isZone } from '../../lib/time/zones.ts';
import type { Due, Timer } from './timers.ts';

const FALLBACK_ZONE = 'UTC';

/** A moment or a repetition as plain JSON. */
export const PackedWhen = Type.Object({
  at: Type.String({ maxLength: 40 }),
  zone: Type.String({ minLength: 1, maxLength: 64 }),
  wall: Type.Optional(Type.String({ maxLength: 40 })),
  recurrence: Type.Optional(Recurrence),
});
export type PackedWhen = Static<typeof PackedWhen>;

export function packWhen(when: When): PackedWhen {
  if (when.kind === 'once') return { at: when.at.toISOString(), zone: when.zone, wall: when.wall };
  const { recurrence, first } = when;
  return { at: first.toISOString(), zone: recurrence.zone, recurrence: { ...recurrence } };
}

export function unpackWhen({ at, zone, wall = '', recurrence }: PackedWhen): When {
  if (recurrence) return { kind: 'repeat', recurrence, first: new Date(at) };
  return { kind: 'once', at: new Date(at), wall, zone };
}

/** What a timer is to be given so that it comes then. */
export function dueOf(when: When): Due {
  if (when.kind === 'once') return { due: when.at, zone: when.zone, wall: when.wall };
  return { recurrence: when.recurrence, zone: when.recurrence.zone };
}

/** When a timer comes; `broken` when it is to repeat and how cannot be read any more, so that it will not. */
export type KeptWhen = When & { readonly broken?: true };

/** When a timer comes next, and by which rule. */
export function whenOf({ dueAt, wall, zone, recurrence }: Timer): KeptWhen {
  const read = storedRecurrence(recurrence);
  if (read) return { kind: 'repeat', recurrence: read, first: dueAt };
  const known = isZone(zone) ? zone : FALLBACK_ZONE;
  return { kind: 'once', at: dueAt, wall: wall ?? '', zone: known, ...(recurrence !== null && { broken: true }) };
}
