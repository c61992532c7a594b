import type { Db } from '../../db/connect.ts';
import { noteStays, type Stay } from '../../db/member-joins.ts';
import type { Logger } from '../../lib/log.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';

interface MemberStaysOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long they wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
}

const MOST_WAITING = 100_000;

/** Notes in batches who comes to servers and who goes. */
export class MemberStays implements AsyncDisposable {
  readonly #waiting: WaitingSums<Stay>;

  constructor({ db, log, everyMs }: MemberStaysOptions) {
    this.#waiting = new WaitingSums({
      log,
      called: 'joins of members',
      keyOf: ({ guild, member }) => `${guild} ${member}`,
      plus: together,
      store: (rows) => noteStays(db, rows),
      most: MOST_WAITING,
      everyMs,
    });
  }

  joined(guild: string, member: string, at: Date): void {
    this.#waiting.add({ guild, member, joined: at.getTime(), at: at.getTime(), here: true });
  }

  left(guild: string, member: string, at: Date): void {
    this.#waiting.add({ guild, member, joined: undefined, at: at.getTime(), here: false });
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    return this.#waiting.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#waiting[Symbol.asyncDispose]();
  }
}

/** Whichever came first: what could not be stored comes back behind what has happened since. */
function together(a: Stay, b: Stay): Stay {
  const last = a.at > b.at ? a : b;
  const joined = Math.min(a.joined ?? Number.POSITIVE_INFINITY, b.joined ?? Number.POSITIVE_INFINITY);
  return { ...last, joined: Number.isFinite(joined) ? joined : undefined };
}
