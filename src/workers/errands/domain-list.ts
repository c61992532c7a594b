import { Type } from '@sinclair/typebox';
import { HttpRefusedError } from '../../lib/http-errors.ts';
import { packDomains } from '../../lib/links/domain-list.ts';
import { defineErrand } from '../errand.ts';
import { Asked, fetchChanged, Version } from '../external/fetch-changed.ts';
import { MOST_DOMAINS, MOST_LIST_BYTES, MOST_LIST_SOURCE } from '../external/limits.ts';
import { readDomains } from '../external/read-domains.ts';
import { SharedBytes } from '../shared-bytes.ts';

/** As lists come in practice; a web page is none. */
const TYPES = ['text/plain', 'application/json', 'text/csv', 'application/octet-stream', 'binary/octet-stream'];
/** Of the entries so many may be no domains: a list that somebody keeps by hand has a few. */
const MOST_INVALID = 0.05;
const ALWAYS_FORGIVEN = 10;

/** A list of dangerous domains, when it has changed; refused when it is not one any more. */
export default defineErrand({
  input: Type.Object(Asked),
  output: Type.Union([
    Type.Object({ kind: Type.Literal('same') }),
    Type.Object({
      kind: Type.Literal('new'),
      ...Version,
      hash: Type.String(),
      entries: Type.Integer({ minimum: 1, maximum: MOST_DOMAINS }),
      bytes: SharedBytes(MOST_LIST_BYTES),
    }),
  ]),
  async run(asked, tools) {
    const changed = await fetchChanged(asked, { maxBytes: MOST_LIST_SOURCE, accept: TYPES }, tools);
    if (!changed) return { kind: 'same' } as const;
    const { domains, invalid } = await readDomains(textOf(changed.bytes), MOST_DOMAINS);
    refuseUnlikely(domains.size, invalid);
    const { etag, modified, hash } = changed;
    return { kind: 'new', etag, modified, hash, entries: domains.size, bytes: packDomains(domains) } as const;
  },
});

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpRefusedError('the list is no text', { cause });
  }
}

function refuseUnlikely(valid: number, invalid: number): void {
  if (valid === 0) throw new HttpRefusedError('the list has no domain in it');
  if (invalid > ALWAYS_FORGIVEN && invalid > MOST_INVALID * (valid + invalid))
    throw new HttpRefusedError(`${invalid} of ${valid + invalid} entries are no domains that a list can mean`);
}
