import { type Static, Type } from '@sinclair/typebox';
import { conditionsOf } from '../../lib/http-cache.ts';
import type { ErrandTools } from '../errand.ts';

/** What tells a service which version of a thing we have. */
export const Version = {
  etag: Type.Union([Type.String({ maxLength: 500 }), Type.Null()]),
  modified: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
};

/** Where a thing is that the operator named, and which version of it we have. */
export const Asked = { url: Type.String({ maxLength: 2_000 }), ...Version };
const AskedFor = Type.Object(Asked);

const NOT_MODIFIED = 304;
/** What comes in is large. Milliseconds. */
const TRY_MS = 60_000;
const DEADLINE_MS = 120_000;

export interface Changed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string | null;
  readonly modified: string | null;
  readonly hash: string;
}

/** The whole of a thing within these limits; nothing when it is still the version we have. */
export async function fetchChanged(
  { url, etag, modified }: Static<typeof AskedFor>,
  limits: { readonly maxBytes: number; readonly accept: readonly string[] },
  { http, signal }: ErrandTools,
): Promise<Changed | undefined> {
  const headers = conditionsOf({ etag, modified });
  const answer = await http.request(url, { signal, headers, ...limits, tryMs: TRY_MS, deadlineMs: DEADLINE_MS });
  if (answer.status === NOT_MODIFIED) return undefined;
  const told = (name: string, most: number) => answer.headers.get(name)?.slice(0, most) ?? null;
  const { bytes } = answer;
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64url');
  return { bytes, etag: told('etag', 500), modified: told('last-modified', 100), hash };
}
