import { parse } from 'tldts';
import { FORWARDERS, SHORTENERS } from './brands.ts';
import { type Listed, notListed } from './domain-list.ts';
import { likeness } from './look-alike.ts';
import { domainShown, readable } from './shown-address.ts';
import { mixesAlphabets } from './skeleton.ts';

/** A text under `inspect.findings`. */
export type LinkCode =
  | 'link-listed'
  | 'link-masked'
  | 'link-lookalike'
  | 'link-near'
  | 'link-before'
  | 'link-brand'
  | 'link-alphabets'
  | 'link-address'
  | 'link-credentials'
  | 'link-port'
  | 'link-shortener'
  | 'link-scheme'
  | 'link-program'
  | 'link-hidden';

export interface LinkFinding {
  readonly code: LinkCode;
  readonly level: 'careful' | 'dangerous';
  readonly params: Readonly<Record<string, string>>;
}

export interface JudgedLink {
  /** As it was written, at most 2,048 units. */
  readonly url: string;
  /** The registrable domain in Unicode, or the address; empty where there is none. */
  readonly domain: string;
  readonly findings: readonly LinkFinding[];
}

const LONGEST = 2_048;
const QUIET_SCHEMES = new Set(['http:', 'https:', 'ftp:', 'mailto:', 'tel:', 'sms:', 'discord:']);
const RUNNING_SCHEMES =
  /^(?:javascript|vbscript|data|file|search-ms|search|ms-[a-z-]{1,40}|mhtml|jar|res|shell|hcp|mk|smb):$/;
const USUAL_PORTS = new Set(['', '80', '443', '8080', '8443']);
const HIDDEN = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const PROGRAM =
  /\.(?:exe|scr|com|pif|bat|cmd|msi|msix|ps1|vbs|vbe|js|jse|wsf|hta|cpl|lnk|reg|jar|apk|dmg|pkg|iso|img|vhd|appx|deb|rpm)$/i;
/** Pages whose addresses end like programs do: `.com` is a suffix, `.js` a part of sites. */
const PROGRAM_ON_PAGE = /\.(?:com|js)$/i;

/**
 * Says what speaks against an address, and against the text it is shown as, without asking anybody: by how it looks, and by
 * what lists say. Linear in both.
 */
export function judgeLink(target: string, shown = '', listed: Listed = notListed): JudgedLink {
  const url = target.trim().slice(0, LONGEST);
  const hidden = HIDDEN.test(url) ? [dangerous('link-hidden', { link: url.slice(0, 80) })] : [];
  const parsed = URL.parse(/^[a-z][a-z0-9+.-]{0,40}:/i.test(url) ? url : `http://${url}`);
  if (!parsed) return { url, domain: '', findings: hidden };
  const scheme = judgeScheme(parsed);
  if (scheme) return { url, domain: '', findings: [...hidden, ...scheme] };
  const place = placeOf(parsed.hostname);
  const onward = forwardedTo(parsed);
  const end = onward ? placeOf(onward.hostname) : place;
  return {
    url,
    domain: place.domain,
    findings: [
      ...hidden,
      ...judgeList((onward ?? parsed).hostname, listed),
      ...judgeMask(shown, place, end),
      ...judgeHost(end),
      ...judgeRest(onward ?? parsed, end),
    ],
  };
}

function judgeList(hostname: string, listed: Listed): readonly LinkFinding[] {
  const list = listed(hostname);
  return list === undefined ? [] : [dangerous('link-listed', { domain: readable(hostname).slice(-100), list })];
}

interface Place {
  readonly domain: string;
  readonly label: string;
  readonly subdomain: string;
  readonly address: boolean;
}

/** The part of a host that somebody registered, by the public suffix list, shared hosts' customers told apart. */
function placeOf(hostname: string): Place {
  const found = parse(hostname, { allowPrivateDomains: true, validateHostname: false });
  if (found.isIp) return { domain: hostname, label: '', subdomain: '', address: true };
  const domain = readable(found.domain ?? hostname);
  return {
    domain,
    label: readable(found.domainWithoutSuffix ?? hostname.split('.')[0] ?? ''),
    subdomain: readable(found.subdomain ?? ''),
    address: false,
  };
}

function judgeScheme({ protocol, href }: URL): readonly LinkFinding[] | undefined {
  if (protocol === 'http:' || protocol === 'https:' || protocol === 'ftp:') return undefined;
  if (QUIET_SCHEMES.has(protocol)) return [];
  const params = { scheme: protocol.slice(0, 40), link: href.slice(0, 80) };
  return [RUNNING_SCHEMES.test(protocol) ? dangerous('link-scheme', params) : careful('link-scheme', params)];
}

function forwardedTo({ hostname, pathname, searchParams }: URL): URL | undefined {
  const by = FORWARDERS.find(({ host, path }) => host === hostname && pathname.startsWith(path));
  const target = by?.parameters.map((name) => searchParams.get(name)).find(Boolean);
  const url = target ? URL.parse(target) : null;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** The text names one domain, the link leads to another. */
function judgeMask(shown: string, place: Place, end: Place): readonly LinkFinding[] {
  const named = domainShown(shown);
  if (named === undefined || named === place.domain || named === end.domain) return [];
  return [dangerous('link-masked', { shown: named, domain: end.domain })];
}

function judgeHost({ domain, label, subdomain, address }: Place): readonly LinkFinding[] {
  if (address) return [careful('link-address', { address: domain.slice(0, 80) })];
  const params = { domain: `${subdomain ? `${subdomain}.` : ''}${domain}`.slice(-100) };
  const like = likeness({ domain, label, subdomain });
  if (like) {
    const about = { ...params, brand: like.brand };
    if (like.how === 'near') return [careful('link-near', about)];
    if (like.how === 'word') return [careful('link-brand', about)];
    if (like.how === 'before') return [dangerous('link-before', about)];
    return [dangerous('link-lookalike', about)];
  }
  if (label.split('.').some(mixesAlphabets)) return [careful('link-alphabets', params)];
  return SHORTENERS.has(domain) ? [careful('link-shortener', { domain })] : [];
}

function judgeRest(url: URL, { domain }: Place): readonly LinkFinding[] {
  const findings: LinkFinding[] = [];
  if (url.username !== '') {
    const user = decoded(url.username).slice(0, 80);
    findings.push((user.includes('.') ? dangerous : careful)('link-credentials', { user, domain }));
  }
  if (!USUAL_PORTS.has(url.port)) findings.push(careful('link-port', { domain, port: url.port }));
  if (PROGRAM.test(url.pathname) && !PROGRAM_ON_PAGE.test(url.pathname)) {
    findings.push(careful('link-program', { file: decoded(url.pathname).split('/').at(-1)?.slice(-80) ?? '', domain }));
  }
  return findings;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function careful(code: LinkCode, params: LinkFinding['params']): LinkFinding {
  return { code, level: 'careful', params };
}

function dangerous(code: LinkCode, params: LinkFinding['params']): LinkFinding {
  return { code, level: 'dangerous', params };
}
