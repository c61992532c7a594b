/** Domains that somebody calls dangerous, as threads share them: sorted hashes of eight bytes each. */
export interface DomainList {
  readonly name: string;
  readonly hashes: SharedArrayBuffer;
}

/** The name of a list that has a host, or a domain above it; nothing when none has. */
export type Listed = (hostname: string) => string | undefined;

export const notListed: Listed = () => undefined;

/** No real host has more labels; of one that has, the last ones count. */
const MOST_LABELS = 20;

/** Sorted, each once, in memory that threads can share. */
export function packDomains(domains: Iterable<string>): SharedArrayBuffer {
  const hashes = new Float64Array(new Set(Array.from(domains, domainHash))).sort();
  const shared = new Float64Array(new SharedArrayBuffer(hashes.byteLength));
  shared.set(hashes);
  return shared.buffer;
}

/** Looks a host up in all the lists; twenty comparisons a label and list. */
export function listedIn(lists: readonly DomainList[]): Listed {
  if (lists.length === 0) return notListed;
  const sorted = lists.map(({ name, hashes }) => ({ name, hashes: new Float64Array(hashes) }));
  return (hostname) => {
    for (const hash of hashesOf(hostname)) {
      const found = sorted.find(({ hashes }) => has(hashes, hash));
      if (found) return found.name;
    }
    return undefined;
  };
}

/** Whether packed domains have a host, or a domain above it. */
export function isAmong(packed: Float64Array, hostname: string): boolean {
  for (const hash of hashesOf(hostname)) if (has(packed, hash)) return true;
  return false;
}

function* hashesOf(hostname: string): Generator<number, void, undefined> {
  const labels = hostname.toLowerCase().replace(/\.$/, '').split('.').slice(-MOST_LABELS);
  for (let from = 0; from + 1 < labels.length; from++) yield domainHash(labels.slice(from).join('.'));
}

function has(sorted: Float64Array, hash: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === hash;
}

/**
 * 53 bits: among a million domains another has the same hash once in ten thousand million. Nobody gains by finding one,
 * since it would have their own domain called dangerous. The rounds are those of cyrb53, which is in the public domain.
 */
function domainHash(domain: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < domain.length; at++) {
    const code = domain.charCodeAt(at);
    one = Math.imul(one ^ code, 2_654_435_761);
    two = Math.imul(two ^ code, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return (two & 0x1fffff) * 2 ** 32 + (one >>> 0);
}
