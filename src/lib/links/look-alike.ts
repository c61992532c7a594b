import { BRANDS, type Brand, INNOCENT, LURES } from './brands.ts';
import { latinised, skeleton, within } from './skeleton.ts';

export interface Host {
  /** Registrable, in Unicode: `bücher.example`. */
  readonly domain: string;
  /** Its first label, in Unicode. */
  readonly label: string;
  /** What stands before it, dots included, in Unicode: `paypal.com.login`. */
  readonly subdomain: string;
}

/** `same`: looks the same; `near`: a letter away; `word`: has the name in it; `lure`: with a bait; `before`: in front of another domain. */
export type Likeness = { readonly brand: string; readonly how: 'same' | 'near' | 'word' | 'lure' | 'before' };

interface Known {
  readonly brand: Brand;
  readonly label: string;
  readonly skeleton: string;
}

const KNOWN: readonly Known[] = BRANDS.flatMap((brand) =>
  brand.labels.map((label) => ({ brand, label, skeleton: skeleton(label) })),
);
const OWN: ReadonlySet<string> = new Set(
  BRANDS.flatMap(({ own, labels }) => [...own, ...labels.map((label) => `${label}.com`)]),
);
const BY_SKELETON: ReadonlyMap<string, Known> = new Map(KNOWN.map((known) => [known.skeleton, known]));
const LURE_WORDS: ReadonlySet<string> = new Set(LURES);

/** Shorter names are near to too many others. */
const SHORTEST_NEAR = 6;
/** Names this long may be two letters off. */
const LONG_NAME = 10;
const MOST_LABEL = 63;

/** Whether a domain is one under which a brand has its pages. */
export function isBrandsOwn(domain: string): boolean {
  return OWN.has(domain);
}

/** The brand that a host's name could be mistaken for, and why; nothing for the brand's own. Time is bounded by the length of a label. */
export function likeness({ domain, label, subdomain }: Host): Likeness | undefined {
  if (OWN.has(domain)) return undefined;
  const short = label.slice(0, MOST_LABEL);
  return sameName(short) ?? before(subdomain) ?? withLure(short) ?? near(short) ?? luredBefore(subdomain);
}

function sameName(label: string): Likeness | undefined {
  const known = BY_SKELETON.get(skeleton(label));
  if (!known || INNOCENT.has(label)) return undefined;
  if (label === known.label && known.brand.everywhere) return undefined;
  return { brand: known.brand.name, how: 'same' };
}

/** `paypal.com.evil.example`, `paypal.com-login.evil.example`: the brand's domain in front of somebody else's. */
function before(subdomain: string): Likeness | undefined {
  const labels = latinised(subdomain.slice(0, 255)).split('.');
  for (const [at, label] of labels.entries()) {
    const known = BY_SKELETON.get(skeleton(label));
    const next = labels[at + 1];
    if (known && next && (/^com(?:-|$)/.test(next) || OWN.has(`${label}.${next}`)))
      return { brand: known.brand.name, how: 'before' };
  }
  return undefined;
}

/** `discord-nitro`, `steamgift`, `github-tools`. */
function withLure(label: string): Likeness | undefined {
  const plain = latinised(label);
  const words = plain.split('-');
  const named = words.length > 1 ? words.map((word) => BY_SKELETON.get(skeleton(word))).find(Boolean) : undefined;
  if (named) return { brand: named.brand.name, how: words.some((word) => LURE_WORDS.has(word)) ? 'lure' : 'word' };
  const joined = KNOWN.find(({ label: name }) => {
    if (name.length < 5) return false;
    if (plain.startsWith(name)) return LURE_WORDS.has(plain.slice(name.length));
    return plain.endsWith(name) && LURE_WORDS.has(plain.slice(0, -name.length));
  });
  return joined && { brand: joined.brand.name, how: 'lure' };
}

/** `discord-nitro.evil.example`: no more than a word, because companies call their own machines so. */
function luredBefore(subdomain: string): Likeness | undefined {
  for (const label of subdomain.slice(0, 255).split('.')) {
    const like = withLure(label);
    if (like?.how === 'lure') return { ...like, how: 'word' };
  }
  return undefined;
}

function near(label: string): Likeness | undefined {
  const plain = latinised(label);
  if (INNOCENT.has(plain)) return undefined;
  const found = KNOWN.find(
    ({ label: name }) =>
      name.length >= SHORTEST_NEAR && plain !== name && within(plain, name, name.length >= LONG_NAME ? 2 : 1),
  );
  return found && { brand: found.brand.name, how: 'near' };
}
