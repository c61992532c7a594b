import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';

/** Longer texts are no address that anybody reads. */
const LONGEST = 5_000;
const LOOKED_AT = 500;
/** Browsers take the ideographic full stop for one of an address; its other widths become it, or a dot, when a text is normalised. */
const FULL_STOP = /\u3002/g;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]/gu;
/** Not the end of another word, of the path of another address, or of a mail address. */
const ADDRESS =
  /(?<![\p{L}\p{N}\p{M}@.]|[^/]\/)(?:(https?:\/\/)(?:[^\s/@]{1,100}@)?)?((?:[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,62}\.){1,10}\p{L}[\p{L}\p{N}\p{M}-]{1,62})(?::\d{1,5})?(?![\p{L}\p{N}\p{M}_@-]|\.[\p{L}\p{N}])([/?#])?/giu;
/** Suffixes of countries that files have too: `README.md` is no address. */
const FILE_SUFFIXES =
  /^(?:md|py|rs|sh|pl|cc|ps|zip|mov|so|ai|js|ts|cs|go|app|dev|gz|tf|vi|mm|st|pm|ml|java|kt|bat|com)$/;
/** "Click: example.com", "→ example.com". */
const POINTS_AT = /[:>|\u2192\u21d2\u279c\u27a1\u00bb\u2013\u2014-][^\p{L}\p{N}]*$/u;
/** So many words may stand in front of an address that ends a text: "Go to example.com". */
const FEW_WORDS = 3;

/** The registrable domain that a text offers to its readers, wherever in it; invisible characters and other scripts' full stops are seen through. */
export function domainShown(shown: string): string | undefined {
  const text = shown
    .slice(0, LONGEST)
    .replace(INVISIBLE, '')
    .slice(0, LOOKED_AT)
    .normalize('NFKC')
    .replace(FULL_STOP, '.');
  for (const { 0: whole, 1: scheme, 2: host = '', 3: path, index } of text.matchAll(ADDRESS)) {
    const explicit = scheme !== undefined || host.toLowerCase().startsWith('www.');
    const around = { before: text.slice(0, index), after: text.slice(index + whole.length) };
    const domain = explicit || path !== undefined || isOffered(around) ? domainOf(host, explicit) : undefined;
    if (domain !== undefined) return domain;
  }
  return undefined;
}

/** Sentences speak of sites, too: in their midst a bare name is no invitation. */
function isOffered({ before, after }: { readonly before: string; readonly after: string }): boolean {
  const words = before.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (words === 0 || POINTS_AT.test(before)) return true;
  return words <= FEW_WORDS && !/[\p{L}\p{N}]/u.test(after);
}

/** What is a name of a file or of a product (`main.rs`, `ASP.NET`) is none unless it is written as an address is. */
function domainOf(host: string, explicit: boolean): string | undefined {
  const lower = host.toLowerCase();
  const { domain, isIcann, publicSuffix } = parse(lower, { allowPrivateDomains: true, validateHostname: false });
  const known = parse(lower, { validateHostname: false });
  if (!domain || !(isIcann || known.isIcann)) return undefined;
  const suffix = publicSuffix ?? '';
  const capital = host.slice(-suffix.length) !== suffix;
  const certain = explicit || suffix === 'com' || !(capital || FILE_SUFFIXES.test(suffix));
  return certain ? readable(domain) : undefined;
}

/** A host as people read it. */
export function readable(host: string): string {
  return host.includes('xn--') ? domainToUnicode(host) || host : host;
}
