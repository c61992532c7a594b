import pLimit, { type LimitFunction } from 'p-limit';

/** Each holds a connection to the database while it lasts. */
const exporting = pLimit(4);
/** A server has fewer than there is room for, so that its own hold up no other's. */
const OF_A_SERVER = 2;
const ofServers = new Map<string, { readonly limit: LimitFunction; count: number }>();

/** Has something exported when it is its turn: it waits first for those of the same server, then for all. */
export async function inTurn<T>(guild: string, work: () => Promise<T>): Promise<T> {
  const own = ofServers.get(guild) ?? { limit: pLimit(OF_A_SERVER), count: 0 };
  ofServers.set(guild, own);
  own.count += 1;
  try {
    return await own.limit(() => exporting(work));
  } finally {
    own.count -= 1;
    if (own.count === 0) ofServers.delete(guild);
  }
}
