import { PermissionFlagsBits } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { list, t, type Words } from '../answers/words.ts';
import type { Changed } from './entry.ts';

/** What is looked at of a thing, and how it is said; nothing where it has none. */
export type Field<T> = readonly [what: Key, words: (thing: T) => Words | undefined];

/** What is different of a thing. */
export function changedBetween<T>(before: T, after: T, fields: readonly Field<T>[]): readonly Changed[] {
  return fields.flatMap(([what, words]) => {
    const [from, to] = [words(before), words(after)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ what: t(what), ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

/** What there is of a thing. */
export function partsOf<T>(thing: T, fields: readonly Field<T>[]): readonly Changed[] {
  return fields.flatMap(([what, words]) => {
    const to = words(thing);
    return to === undefined ? [] : [{ what: t(what), to }];
  });
}

/** Which permissions are in one set and not in the other, each way. */
export function permissionChanges(before: bigint, after: bigint): readonly Changed[] {
  return [
    ...listed('eventLogs.what.permissionsGiven', permissionNames(after & ~before)),
    ...listed('eventLogs.what.permissionsTaken', permissionNames(before & ~after)),
  ];
}

/** Some things under one label, or none where there are none. */
export function listed(what: Key, words: readonly Words[]): readonly Changed[] {
  return words.length === 0 ? [] : [{ what: t(what), to: list(words) }];
}

export function yesNo(value: boolean): Words {
  return t(value ? 'eventLogs.yes' : 'eventLogs.no');
}

/** A text of people; nothing where there is none. */
export function textOf(value: string | null | undefined): Words | undefined {
  return value ? value : undefined;
}

/** Each permission in a set, by what people call it. */
export function permissionNames(bits: bigint): readonly Words[] {
  const names = Object.keys(PermissionFlagsBits) as (keyof typeof PermissionFlagsBits)[]; // the names of that very object
  return names.filter((name) => (bits & PermissionFlagsBits[name]) !== 0n).map((name) => t(`permissions.${name}`));
}
