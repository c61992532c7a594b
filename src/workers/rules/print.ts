import { simhash } from '../text/simhash.ts';
import type { Facts } from './facts.ts';
import type { Print } from './verdict.ts';

/** Different links that count. */
const MOST_LINKS = 20;
const MOST_INVITES = 20;
const CODE = /^[\w-]{2,40}$/;

/** What a message has in common with others that are nearly the same. */
export function printOf({ written, parts }: Facts): Print {
  const text = written.map((part) => part.canonical().text).join('\n');
  const links = new Set(parts.flatMap(({ addresses }) => addresses.map(({ url }) => hash(url))));
  const [one, other] = simhash(text);
  return { text: [one, other], letters: text.length, links: [...links].slice(0, MOST_LINKS).sort((a, b) => a - b) };
}

/** Codes of invitations as they were written: capitals count in them. */
export function inviteCodesIn({ parts }: Facts): string[] {
  const codes = new Set<string>();
  for (const part of parts) {
    if (part.invites.length === 0) continue;
    const { text, from: places } = part.canonical();
    for (const { own, codeFrom, to } of part.invites) {
      const code = part.text.slice(places[codeFrom], places[to]);
      if (own) codes.add(CODE.test(code) ? code : text.slice(codeFrom, to));
    }
  }
  return [...codes].slice(0, MOST_INVITES);
}

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
