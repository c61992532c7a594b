import type { Context } from '../../context.ts';
import { keepDeeds } from '../../db/automod-deeds.ts';
import { databaseError } from '../../db/away.ts';
import type { Within } from '../../db/connect.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import { type Doomed, removeAll, secure } from './doomed.ts';
import { doomedBy } from './doomed-by.ts';
import type { JudgedMessage } from './judged.ts';
import type { Trip } from './late.ts';
import { type Culprit, orderFor, orderSlowmode } from './orders.ts';
import { isLoud, type Plan, planOf } from './plan.ts';
import { claim, type Share, sharesOf, unclaim } from './shares.ts';
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
