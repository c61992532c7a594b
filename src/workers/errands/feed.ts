import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { listOf } from '../../config.ts';
import { conditionsOf } from '../../lib/http-cache.ts';
import { defineErrand } from '../errand.ts';
import { Nullable } from '../github/api.ts';

/** Enough for a podcast that has run for years. */
const MOST_BYTES = 3_000_000;
const LONGEST_CONDITION = 500;
/** As feeds come in practice; a web page may name one. */
const TYPES = [
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/xml',
  'text/xml',
  'application/json',
  'text/html',
  'application/xhtml+xml',
  'text/plain',
];

/** What a feed was when it was last fetched, so that one that is still the same need not be read again. */
const Conditions = {
  etag: Nullable(Type.String({ maxLength: LONGEST_CONDITION })),
  modified: Nullable(Type.String({ maxLength: LONGEST_CONDITION })),
};

const Hash = Nullable(Type.String({ maxLength: 60 }));

/** Fetches what members say is a feed, from a public address or a host in `FEED_HOSTS`; it is read elsewhere. */
export default defineErrand({
  input: Type.Object({ url: Type.String({ pattern: '^https?://', maxLength: 500 }), ...Conditions, hash: Hash }),
  output: Type.Union([
    Type.Object({ kind: Type.Literal('same') }),
    Type.Object({
      kind: Type.Literal('changed'),
      bytes: Type.Uint8Array(),
      /** As in `content-type`. */
      type: Type.String(),
      /** Where it came from in the end. */
      url: Type.String(),
      /** Whether it has moved there for good. */
      moved: Type.Boolean(),
      ...Conditions,
      hash: Type.String(),
    }),
  ]),
  async run({ url, etag, modified, hash: known }, { http, signal, config }) {
    const answer = await http.request(url, {
      fromMembers: true,
      openToMembers: listOf(config.FEED_HOSTS),
      accept: TYPES,
      maxBytes: MOST_BYTES,
      headers: conditionsOf({ etag, modified }),
      signal,
    });
    const { bytes, headers, moved } = answer;
    const hash = createHash('sha256').update(bytes).digest('base64url');
    // Many say nothing that one could ask with next time.
    if (answer.status === 304 || hash === known) return { kind: 'same' };
    return {
      kind: 'changed',
      bytes,
      type: headers.get('content-type') ?? '',
      url: answer.url,
      moved,
      etag: short(headers.get('etag')),
      modified: short(headers.get('last-modified')),
      hash,
    };
  },
});

function short(condition: string | null): string | null {
  return condition !== null && condition.length <= LONGEST_CONDITION ? condition : null;
}
