import { type ListKind, listsOf, naming, versionText } from '../../db/automod-lists.ts';
import type { Db } from '../../db/connect.ts';

/** A list for the thread that compiles: its text, an entry a line. */
export interface NamedList {
  readonly name: string;
  readonly kind: ListKind;
  readonly bytes: SharedArrayBuffer;
}

/** The lists of a server that any of these rules names, each rule as JSON that is not parsed here. One that has just been changed is read again. */
export async function namedLists(
  db: Db,
  guild: string,
  rules: readonly string[],
  signal: AbortSignal,
): Promise<readonly NamedList[]> {
  const lists = await listsOf(db, guild);
  const named = lists.filter(({ name }) => rules.some((rule) => rule.includes(naming(name))));
  const read: NamedList[] = [];
  for (const list of named) {
    const bytes = await versionText(db, list, signal);
    if (!bytes) return namedLists(db, guild, rules, signal);
    read.push({ name: list.name, kind: list.kind, bytes });
  }
  return read;
}
