import { type ListKind, listsOf, naming, versionText } from '../../db/automod-lists.ts';
import type { Db } from '../../db/connect.ts';

/** A list for the thread that compiles: its text, an entry a line. */
export interface NamedList {
  readonly name: string;
  readonly kind: ListKind;
  readonly bytes: SharedArrayBuffer;
}

/** A list that is changed while it is read is read again; one that is never whole has been damaged. */
const MOST_TRIES = 3;

/**
 * The lists of a server that any of these rules names, each rule as JSON that is not parsed here. A damaged one is left out: it keeps the
 * rules that name it from being used, and no others.
 */
export async function namedLists(
  db: Db,
  guild: string,
  rules: readonly string[],
  signal: AbortSignal,
): Promise<readonly NamedList[]> {
  for (let tries = 1; ; tries++) {
    const lists = await listsOf(db, guild);
    const named = lists.filter(({ name }) => rules.some((rule) => rule.includes(naming(name))));
    const read: NamedList[] = [];
    for (const list of named) {
      const bytes = await versionText(db, list, signal);
      if (bytes) read.push({ name: list.name, kind: list.kind, bytes });
      else if (tries < MOST_TRIES) break;
    }
    if (read.length === named.length || tries === MOST_TRIES) return read;
  }
}
