import type { Context } from '../../context.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { boundBy } from './bound.ts';
import type { Claims } from './claims.ts';
import type { Deed } from './deed.ts';
import type { Copy, Flood } from './flood.ts';
import type { Trip } from './late.ts';
import type { Culprit } from './orders.ts';

/** Somebody to whom something is to be done, the rules that want it, and the messages by which it is known whether it was. */
export interface Share {
  readonly culprit: Culprit;
  readonly rules: readonly { readonly rule: Rule; readonly messages: readonly string[] }[];
}

export interface Claimed {
  readonly own: Share['rules'];
  /** Whether nothing has been told yet of what the message belongs to. */
  readonly first: boolean;
  /** What the message belongs to, if it is a flood; by the group its cases are known to whoever is told. */
  readonly flood: Flood | undefined;
  readonly group: string;
}

/** What is to be done to the author that is not done as part of a flood already, and from now on is. */
export function claim({ message, hot, claims }: Deed): Claimed {
  const own = hot.flatMap(({ rule, flood }) => {
    if (!flood) return [{ rule, messages: [message.id] }];
    return isNews(flood.flood, message.author, message.id, claims)
      ? [{ rule, messages: idsOf(flood.copies, message.author) }]
      : [];
  });
  const floods = hot.flatMap(({ flood }) => flood?.flood ?? []);
  const first = floods.every(({ told }) => !told) || hot.some(({ flood }) => !flood);
  for (const flood of floods.filter(({ told }) => !told)) {
    flood.told = true;
    claims.add(() => {
      flood.told = false;
    });
  }
  const [flood] = floods;
  return { own, first, flood, group: flood?.id ?? crypto.randomUUID() };
}

/** The author, and whoever else has written what belongs to the same flood and was not dealt with before. */
export async function sharesOf(
  { message, hot, claims, text }: Deed,
  own: Share['rules'],
  language: string,
  context: Context,
): Promise<readonly Share[]> {
  const copies = Math.max(1, ...own.map(({ messages }) => messages.length));
  const { guild, channel, author, username, id, webhook } = message;
  const person = webhook === undefined;
  const culprit = { guild, channel, author, username, message: id, text, copies, language, person };
  const others = await Promise.all(hot.map((trip) => othersOf(trip, { message, claims }, language, context)));
  return [...(own.length > 0 ? [{ culprit, rules: own }] : []), ...others.flat()];
}

async function othersOf(
  { rule, flood }: Trip,
  { message: { guild, author: self }, claims }: Pick<Deed, 'message' | 'claims'>,
  language: string,
  context: Context,
): Promise<readonly Share[]> {
  if (!flood) return [];
  const shares: Share[] = [];
  for (const copy of await boundBy(rule, flood.copies, context)) {
    const { author, username, channel, id: message, webhook } = copy;
    if (author === self || !isNews(flood.flood, author, message, claims)) continue;
    const messages = idsOf(flood.copies, author);
    const person = webhook === undefined;
    const place = { guild, channel, author, username, message, text: undefined };
    const culprit = { ...place, copies: messages.length, language, person };
    shares.push({ culprit, rules: [{ rule, messages }] });
  }
  return shares;
}

/** From now on it is none. */
function isNews({ authors }: Flood, author: string, message: string, claims: Claims): boolean {
  if (authors.has(author)) return false;
  authors.set(author, message);
  claims.add(() => authors.delete(author));
  return true;
}

function idsOf(copies: readonly Copy[], author: string): readonly string[] {
  return copies.filter((copy) => copy.author === author).map(({ id }) => id);
}
