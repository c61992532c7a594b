import { isAmong } from '../../../lib/links/domain-list.ts';
import type { LinkCode } from '../../../lib/links/judge.ts';
import { type Facts, foundAt, type Spot } from '../facts.ts';
import type { Address } from '../links.ts';
import type { Hosts } from '../loaded.ts';
import { defineLook } from '../look.ts';
import type { CompiledLink } from '../program.ts';

/** What speaks against a link, by what is asked for. */
const CODES: Readonly<Record<Exclude<CompiledLink['which'], 'any' | 'outside'>, readonly LinkCode[]>> = {
  listed: ['link-listed'],
  masked: ['link-masked', 'link-credentials'],
  lookalike: ['link-lookalike', 'link-near', 'link-before', 'link-alphabets'],
};

const NONE: Hosts = { named: undefined, packed: undefined };

export default defineLook('link', {
  cost: 'links',
  look({ which }, facts, index) {
    const hosts = facts.loaded.hosts.get(index) ?? NONE;
    const spots: Spot[] = [];
    let domain = '';
    for (const part of facts.parts) {
      for (const address of part.addresses) {
        if (facts.outOfTime && spots.length === 0) return 'skipped';
        if (!counts(address, which, hosts, facts)) continue;
        domain ||= facts.judged(address).domain;
        spots.push({ part, from: address.from, to: address.to });
      }
    }
    return spots.length > 0 ? foundAt(spots, { domain }) : 'no';
  },
});

function counts(address: Address, which: CompiledLink['which'], { named, packed }: Hosts, facts: Facts): boolean {
  const host = hostOf(address.url);
  const isNamed = named !== undefined && isBelow(host, named);
  const isListed = packed !== undefined && isAmong(packed, host);
  if (which === 'any') return isNamed || isListed || (named ?? packed) === undefined;
  if (which === 'listed') return !isNamed && (isListed || hasFinding(address, which, facts));
  if (isNamed || isListed) return false;
  return which === 'outside' || hasFinding(address, which, facts);
}

function hasFinding(address: Address, which: keyof typeof CODES, facts: Facts): boolean {
  return facts.judged(address).findings.some(({ code }) => CODES[which].includes(code));
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/\.$/, '') ?? '';
}

/** Whether a host, or a domain above it, is among these. */
function isBelow(host: string, hosts: ReadonlySet<string>): boolean {
  for (let from = 0; from >= 0; from = host.indexOf('.', from) + 1 || -1) if (hosts.has(host.slice(from))) return true;
  return false;
}
