import { setImmediate } from 'node:timers/promises';
import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { HttpRefusedError } from '../../lib/http-errors.ts';
import { isBrandsOwn } from '../../lib/links/look-alike.ts';

/** So many are read before others get their turn in this thread. */
const AT_A_TIME = 2_000;
const LONGEST_DOMAIN = 253;
const COMMENT = /^\s*(?:[#!;].*|\[adblock.*)?$/is;
/** What stands around a domain in the files of host names and of ad blockers, such as `||` and `^$all`. */
const AROUND =
  /^(?:0\.0\.0\.0\s+|127\.0\.0\.1\s+|\|\||\*\.)|(?:\^(?:\$(?:all|doc|document|important|popup)(?:,(?:all|doc|document|important|popup))*)?|\s+#.*)$/g;

export interface Domains {
  readonly domains: ReadonlySet<string>;
  /** What is no domain, or one that a list cannot mean: a public suffix, or that of a well-known service. */
  readonly invalid: number;
}

/**
 * The domains of a list: an array of JSON (also as `domains` of an object), or a text with one a line, comments and the
 * signs of hosts files and ad blockers allowed. HttpRefusedError when it is neither, or has more than `most`.
 */
export async function readDomains(text: string, most: number): Promise<Domains> {
  const domains = new Set<string>();
  let [seen, invalid] = [0, 0];
  for (const entry of entriesOf(text)) {
    if (++seen % AT_A_TIME === 0) await setImmediate();
    if (seen > most) throw new HttpRefusedError(`the list has more than ${most} entries`);
    const domain = typeof entry === 'string' ? domainIn(entry) : undefined;
    if (domain === undefined) invalid++;
    else domains.add(domain);
  }
  return { domains, invalid };
}

function entriesOf(text: string): Iterable<unknown> {
  if (!/^\s*(?:\{|\[(?!adblock))/i.test(text)) return lines(text);
  const value = parsed(text);
  const list: unknown = Array.isArray(value) ? value : (value as { readonly domains?: unknown } | null)?.domains;
  if (!Array.isArray(list))
    throw new HttpRefusedError('the list is JSON, but neither an array nor an object with domains');
  return list;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpRefusedError('the list begins like JSON and is none', { cause });
  }
}

function* lines(text: string): Generator<string, void, undefined> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    if (!COMMENT.test(line.slice(0, 500))) yield line;
    at = end === -1 ? text.length : end + 1;
  }
}

/** The domain of one entry; nothing where it is none, or one that a list cannot mean. */
export function domainIn(entry: string): string | undefined {
  const bare = entry.slice(0, 500).trim().replace(AROUND, '').trim();
  const host = /^[^\s/:@#?\\]+$/.test(bare) ? domainToASCII(bare) : '';
  if (host === '' || host.length > LONGEST_DOMAIN) return undefined;
  const { domain, isIp, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  if (isIp || domain === null || !(isIcann || isPrivate)) return undefined;
  return isBrandsOwn(host) ? undefined : host;
}
