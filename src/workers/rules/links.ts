import { MOST_LINKS } from './limits.ts';

/** An address that a text has, where it stands, and the words that stand for it, where it is hidden behind such. */
export interface Address {
  readonly url: string;
  readonly from: number;
  readonly to: number;
  readonly shown: string | undefined;
}

/** Not beyond the bracket in `[https://one.example](https://another.example)`. */
const ADDRESS = /https?:\/\/(?:[^\s<>"`|\\^{}\]]|\](?!\()){1,2048}/giu;
/** What ends the sentence around an address, or the formatting, rather than the address. */
const TRAILING = /[.,;:!?)\]*_~'…]{1,10}$/u;
/** So far back the words of `[words](address)` are looked for. */
const LONGEST_SHOWN = 500;

/** Every address with its scheme, also those that Markdown hides behind words, at most `MOST_LINKS`. */
export function addressesIn(text: string): readonly Address[] {
  const found: Address[] = [];
  if (!text.includes('://')) return found;
  for (const { 0: whole, index: from } of text.matchAll(ADDRESS)) {
    if (found.length >= MOST_LINKS) break;
    const shown = shownFor(text, from);
    const closed = shown === undefined ? -1 : whole.indexOf(')');
    const url = closed > 0 ? whole.slice(0, closed) : whole.replace(TRAILING, '');
    found.push({ url, from, to: from + url.length, shown });
  }
  return found;
}

/** The words in `[words](` or `[words](<`, when an address stands right behind. */
function shownFor(text: string, from: number): string | undefined {
  const bracket = text[from - 1] === '<' ? from - 2 : from - 1;
  if (text[bracket] !== '(' || text[bracket - 1] !== ']') return undefined;
  const before = text.slice(Math.max(0, bracket - 1 - LONGEST_SHOWN), bracket - 1);
  const start = before.lastIndexOf('[');
  return start < 0 ? undefined : before.slice(start + 1).replace(/[*_`~|]|\\(?=[!-/:-@[-`{-~])/g, '');
}

/** An invitation, and where it stands in the text it was found in. */
export interface Invite {
  /** Of Discord's own only these lead to a server that can be asked for. */
  readonly own: boolean;
  readonly from: number;
  readonly to: number;
  /** Where in the text its code stands. */
  readonly codeFrom: number;
}

/** Browsers read the full stop of Chinese as a dot, a port that is the usual one as none, and two slashes as one. */
const INVITE =
  /(?:(discord ?[.\u3002] ?gg|discord(?:app)?[.\u3002]com(?::\d{1,5})? ?\/{1,3} ?(?:invite|servers))|dsc[.\u3002]gg|invite[.\u3002]gg|discord[.\u3002](?:me|li|io)|disboard\.org\/server\/join)(?::\d{1,5})? ?\/{1,3} ?([a-z0-9-]{2,40})/g;

/** Every invitation in a text as it is compared, also those written with spaces. */
export function invitesIn(canonical: string): readonly Invite[] {
  const found: Invite[] = [];
  if (!canonical.includes('disc') && !canonical.includes('gg') && !canonical.includes('disboard')) return found;
  for (const { 0: whole, 1: own, 2: code = '', index: from } of canonical.matchAll(INVITE)) {
    if (found.length >= MOST_LINKS) break;
    const to = from + whole.length;
    found.push({ own: own !== undefined, from, to, codeFrom: to - code.length });
  }
  return found;
}
