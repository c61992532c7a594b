import type { BrakeKind, Counting } from '../../db/brakes.ts';
import type { Source } from '../../db/cases.ts';

/** What counts as what, by the types of cases. */
const TYPES: Readonly<Record<string, BrakeKind>> = {
  ban: 'bans',
  softban: 'bans',
  kick: 'kicks',
  prune: 'kicks',
  'role-add': 'roles',
  'channel-delete': 'deletions',
  'emoji-delete': 'deletions',
  'role-delete': 'deletions',
  'sticker-delete': 'deletions',
  purge: 'messages',
};
/** The same by the kinds of what is done to many at once. */
const RUNS: Readonly<Record<string, BrakeKind>> = {
  ban: 'bans',
  kick: 'kicks',
  'role-add': 'roles',
  purge: 'messages',
};

export const BRAKE_KINDS: readonly BrakeKind[] = ['bans', 'kicks', 'roles', 'deletions', 'messages'];
/** Types of cases that a brake counts. */
export const BRAKED_TYPES: readonly string[] = Object.keys(TYPES);

/** As what a case of this type counts; nothing where it does not. */
export function brakedAs(type: string): BrakeKind | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** As what a run of this kind counts; nothing where it does not. */
export function brakedAsRun(kind: string): BrakeKind | undefined {
  return Object.hasOwn(RUNS, kind) ? RUNS[kind] : undefined;
}

/** What is counted as one of them. */
export function countingOf(what: BrakeKind, sources: readonly Source[]): Counting {
  return { types: keysOf(TYPES, what), runs: keysOf(RUNS, what), sources };
}

function keysOf(kinds: Readonly<Record<string, BrakeKind>>, what: BrakeKind): readonly string[] {
  return Object.keys(kinds).filter((key) => kinds[key] === what);
}
