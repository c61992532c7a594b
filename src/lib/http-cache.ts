/** What was made of an answer, and how to ask whether it still holds. */
export interface Kept {
  readonly etag: string | null;
  readonly modified: string | null;
  /** JSON, with nothing in it that nobody asked for. */
  readonly body: string;
  /** Until then nobody need ask; milliseconds of the epoch. */
  readonly freshUntil: number;
}

/** Where answers are kept. It may forget, and it may be away: neither method ever fails. */
export interface HttpCache {
  readonly get: (key: string) => Promise<Kept | undefined>;
  readonly put: (key: string, kept: Kept) => void;
}

export const NO_CACHE: HttpCache = { get: async () => undefined, put: () => undefined };

/** Longer answers and addresses are not kept. Characters. */
const LONGEST_BODY = 32_768;
const LONGEST_KEY = 2_000;
/** However long a service says that its answer holds. Milliseconds. */
const LONGEST_FRESH_MS = 3_600_000;

/** The request headers that let a service say "what you have still holds". */
export function conditionsOf(kept: Pick<Kept, 'etag' | 'modified'> | undefined): Readonly<Record<string, string>> {
  if (kept?.etag) return { 'if-none-match': kept.etag };
  return kept?.modified ? { 'if-modified-since': kept.modified } : {};
}

/** What to keep of an answer; nothing when its service says not to, or gives no way to ask again and no time it holds for. */
export function keptOf(key: string, body: string, headers: Headers, now: number): Kept | undefined {
  const control = headers.get('cache-control') ?? '';
  if (/\bno-store\b/.test(control) || body.length > LONGEST_BODY || key.length > LONGEST_KEY) return undefined;
  const [etag, modified] = [headers.get('etag'), headers.get('last-modified')];
  const freshMs = freshFor(control);
  if (!etag && !modified && freshMs === 0) return undefined;
  return { etag, modified, body, freshUntil: now + freshMs };
}

/** The same after a service said that it still holds. */
export function renewed(kept: Kept, headers: Headers, now: number): Kept {
  return { ...kept, freshUntil: now + freshFor(headers.get('cache-control') ?? '') };
}

function freshFor(control: string): number {
  if (/\bno-cache\b/.test(control)) return 0;
  return Math.min(Number(/\bmax-age=(\d+)/.exec(control)?.[1] ?? 0) * 1000, LONGEST_FRESH_MS);
}
