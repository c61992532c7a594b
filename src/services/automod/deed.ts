import type { Context } from '../../context.ts';
import { keepDeeds } from '../../db/automod-deeds.ts';
import { databaseError } from '../../db/away.ts';
import type { Within } from '../../db/connect.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { type Doomed, removeAll, secure } from './doomed.ts';
import type { Copy, Flood } from './flood.ts';
import type { JudgedMessage } from './judged.ts';
import type { Trip } from './late.ts';
import { type Culprit, orderFor, orderSlowmode } from './orders.ts';
import { isLoud, type Plan, planOf } from './plan.ts';
import { rankOf } from './rank.ts';
import type { Placed } from './rate.ts';
import { shownOf } from './shown.ts';
import { answer, placesOf, type Told, tellModerators } from './tell.ts';
import { whenThere } from './when-there.ts';

/** What is to be done about a message. */
export interface Deed {
  readonly message: JudgedMessage;
  /** The rules that hold, and those of them that do more than delete: they have not done so just now. */
  readonly trips: readonly Trip[];
  readonly hot: readonly Trip[];
  /** Without secrets. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Whether the rules only say what they would do. */
  readonly observed: boolean;
}

/** Somebody to whom something is to be done, the rules that want it, and the messages by which it is known whether it was. */
interface Share {
  readonly culprit: Culprit;
  readonly rules: readonly { readonly rule: Rule; readonly messages: readonly string[] }[];
}

/**
 * Does it: first what has to last is written, all or none, then what is to go is deleted. That it was written before, by a process that
 * died or because the message is judged again, keeps it from being done twice; deleting twice does no harm.
 */
export async function doTo(deed: Deed, context: Context, signal: AbortSignal): Promise<void> {
  const { own, first } = claim(deed); // at once: others who write the same are met at the same moment
  const { language } = await whenThere(() => context.settings.of(deed.message.guild, 'general'), signal);
  const doomed = await doomedBy(deed, language, context);
  const shares = await sharesOf(deed, own, language, context);
  const writing = { shares, doomed, first };
  let secured: string | undefined;
  try {
    secured = await write(deed, writing, context);
  } catch (error) {
    if (databaseError(error)) return await later(deed, writing, context, signal);
    unclaim(deed, shares, first);
    throw error;
  }
  await removeAll(doomed, secured, context);
}

/** What harms goes, whether anybody can note it now or not; the rest is written when the database is there again. */
async function later(deed: Deed, writing: Writing, context: Context, signal: AbortSignal): Promise<void> {
  await removeAll(writing.doomed, undefined, context);
  await whenThere(() => write(deed, writing, context), signal);
}

interface Claimed {
  readonly own: Share['rules'];
  /** Whether nothing has been told yet of what the message belongs to. */
  readonly first: boolean;
}

/** What is to be done to the author that is not done as part of a flood already, and from now on is. */
function claim({ message, hot }: Deed): Claimed {
  const own = hot.flatMap(({ rule, flood }) => {
    if (!flood) return [{ rule, messages: [message.id] }];
    return isNews(flood.flood, message.author, message.id)
      ? [{ rule, messages: idsOf(flood.copies, message.author) }]
      : [];
  });
  const floods = hot.flatMap(({ flood }) => flood?.flood ?? []);
  const first = floods.every(({ told }) => !told) || hot.some(({ flood }) => !flood);
  for (const flood of floods) flood.told = true;
  return { own, first };
}

/** What could not be written is not done, and may be by the next of its kind. */
function unclaim({ hot }: Deed, shares: readonly Share[], first: boolean): void {
  for (const { flood } of hot) {
    for (const { culprit } of shares) flood?.flood.authors.delete(culprit.author);
    if (flood && first) flood.flood.told = false;
  }
}

interface Writing {
  readonly shares: readonly Share[];
  readonly doomed: Doomed;
  /** Whether nothing has been told yet of what the message belongs to. */
  readonly first: boolean;
}

/** Says which timer deletes what would be forgotten if this process died. */
async function write(deed: Deed, { shares, doomed, first }: Writing, context: Context): Promise<string | undefined> {
  const { message, observed } = deed;
  const others = doomed.places.some(({ id }) => id !== message.id);
  if (!others && !shares.some(({ rules }) => observed || isLoud(planOf(rules.map(({ rule }) => rule)))))
    return undefined;
  const places = await placesOf(message.guild, context);
  return await context.database.begin(async (tx, notify) => {
    const within = { tx, notify };
    const secured = await secure(within, doomed, context);
    for (const share of shares) {
      const plan = planOf(await newRulesOf(within, share, context.now()));
      if (plan.rules.length === 0) continue;
      const caseNumber = observed ? undefined : await orderFor(within, share.culprit, plan, context);
      if (share.culprit.author !== message.author || !first) continue;
      if (!observed) await besides(within, share.culprit, plan, context);
      const told = toldOf(deed, plan, caseNumber, context);
      if (told) await tellModerators(within, share.culprit, plan, told, places, context);
    }
    return secured;
  });
}

/** What is done about a message but not to its author. */
async function besides(within: Within, culprit: Culprit, plan: Plan, context: Context): Promise<void> {
  await orderSlowmode(within, culprit, plan, context);
  await answer(within, culprit, plan, context);
  if (plan.replies.length > 0) context.automod.answered.add(culprit.message);
}

/** Nothing where there is nobody to be told, or too much has been told already. */
function toldOf(
  { observed, hot, message, text }: Deed,
  { alerts, logs }: Plan,
  caseNumber: number | undefined,
  { automod }: Context,
): Told | undefined {
  if (!observed && alerts.length === 0 && !logs) return undefined;
  const untold = automod.telling.take(message.guild);
  if (untold === undefined) return undefined;
  const hits = hot.map(({ hit }) => hit);
  return { ...shownOf({ text, files: message.files, hits }), caseNumber, observed, untold };
}

async function newRulesOf({ tx }: Within, { culprit, rules }: Share, at: Date): Promise<readonly Rule[]> {
  const left: Rule[] = [];
  for (const { rule, messages } of rules) {
    const kept = await keepDeeds(tx, { guild: culprit.guild, messages, rules: [rule.id], at });
    if (kept.length > 0) left.push(rule);
  }
  return left;
}

/** The author, and whoever else has written what belongs to the same flood and was not dealt with before. */
async function sharesOf(
  { message, hot, text }: Deed,
  own: Share['rules'],
  language: string,
  context: Context,
): Promise<readonly Share[]> {
  const copies = Math.max(1, ...own.map(({ messages }) => messages.length));
  const { guild, channel, author, username, id } = message;
  const culprit = { guild, channel, author, username, message: id, text, copies, language };
  const others = await Promise.all(hot.map((trip) => othersOf(trip, message, language, context)));
  return [...(own.length > 0 ? [{ culprit, rules: own }] : []), ...others.flat()];
}

async function othersOf(
  { rule, flood }: Trip,
  { guild, author: self }: JudgedMessage,
  language: string,
  context: Context,
): Promise<readonly Share[]> {
  if (!flood) return [];
  const shares: Share[] = [];
  for (const copy of await boundBy(rule, flood.copies, context)) {
    const { author, username, channel, id: message } = copy;
    if (author === self || !isNews(flood.flood, author, message)) continue;
    const messages = idsOf(flood.copies, author);
    const culprit = { guild, channel, author, username, message, text: undefined, copies: messages.length, language };
    shares.push({ culprit, rules: [{ rule, messages }] });
  }
  return shares;
}

/** From now on it is none. */
function isNews({ authors }: Flood, author: string, message: string): boolean {
  if (authors.has(author)) return false;
  authors.set(author, message);
  return true;
}

function idsOf(copies: readonly Copy[], author: string): readonly string[] {
  return copies.filter((copy) => copy.author === author).map(({ id }) => id);
}

/** What is to be deleted that is not known to be gone: the message, and what belongs to it where a rule wants that. */
async function doomedBy(
  { message, trips, verdict, observed }: Deed,
  language: string,
  context: Context,
): Promise<Doomed> {
  const places = new Map<string, Placed>();
  const names: string[] = [];
  for (const trip of observed ? [] : trips) {
    const { removes } = planOf([trip.rule]);
    if (removes === 'nothing') continue;
    names.push(trip.rule.name);
    places.set(message.id, message);
    if (removes !== 'copies') continue;
    for (const { channel, id } of trip.fast) places.set(id, { channel, id });
    const like = trip.flood?.copies ?? context.automod.late.copiesOf(message, verdict);
    for (const { channel, id } of await boundBy(trip.rule, like, context)) places.set(id, { channel, id });
  }
  const why = context.i18n.t('automod.reason', { rules: names.join(', '), count: 1 }, language).slice(0, 400);
  return { message, why, places: [...places.values()].filter(({ id }) => !context.deletions.isGone(id)) };
}

/** Those whose authors the rule binds: what belongs to a flood may be of somebody whom it does not. */
async function boundBy({ except }: Rule, copies: readonly Copy[], context: Context): Promise<readonly Copy[]> {
  const bound = new Map<string, boolean>();
  for (const copy of copies) {
    const { author, roles } = copy;
    if (bound.has(author)) continue;
    const named = except.members.includes(author) || roles.some((role) => except.roles.includes(role));
    bound.set(author, !named && (await rankOf({ ...copy, webhook: undefined }, context)) < except.rank);
  }
  return copies.filter(({ author, channel }) => bound.get(author) === true && !except.channels.includes(channel));
}
