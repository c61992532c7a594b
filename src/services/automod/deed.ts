import type { Context } from '../../context.ts';
import type { Cooldown } from '../../db/automod-cooldowns.ts';
import { keepDeeds } from '../../db/automod-deeds.ts';
import type { Within } from '../../db/connect.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Verdict } from '../../workers/rules/verdict.ts';
import type { Claims } from './claims.ts';
import { type Doomed, keepTrying, removeAll, secure } from './doomed.ts';
import { doomedBy } from './doomed-by.ts';
import type { JudgedMessage } from './judged.ts';
import type { Trip } from './late.ts';
import { type Culprit, orderFor, orderSlowmode } from './orders.ts';
import { deedsOf, isLoud, isPast, type Plan, planOf } from './plan.ts';
import { type Claimed, claim, type Share, sharesOf } from './shares.ts';
import { shownOf } from './shown.ts';
import { answer, keepCases, placesOf, type Told, tellModerators } from './tell.ts';
import { whenThere } from './when-there.ts';

/** What is to be done about a message. */
export interface Deed {
  readonly message: JudgedMessage;
  /** The rules that hold, and those of them that do more than delete: they have not done so just now. */
  readonly trips: readonly Trip[];
  readonly hot: readonly Trip[];
  /** What cools down from now on, and all else that is taken back if nothing comes of it. */
  readonly cooling: readonly Cooldown[];
  readonly claims: Claims;
  /** Without secrets. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Whether the rules only say what they would do. */
  readonly observed: boolean;
}

/**
 * Does it: first what has to last is written, all or none, then what is to go is deleted. That it was written before, by a process that
 * died or because the message is judged again, keeps it from being done twice; deleting twice does no harm. While nothing can be written,
 * what harms goes all the same. `onGone` hears that all that can be deleted now is.
 */
export async function doTo(deed: Deed, context: Context, { signal, onGone }: Doing): Promise<void> {
  const claimed = claim(deed); // at once: others who write the same are met at the same moment
  try {
    const language = await whenThere(() => learn(deed.message.guild, context), signal);
    const doomed = await whenThere(() => doomedBy(deed, language, context), signal);
    const shares = await sharesOf(deed, claimed.own, language, context);
    const untold = once(() => context.automod.telling.take(deed.message.guild));
    const writing = { ...claimed, shares, doomed, untold };
    const remove = once(() => removeAll(doomed, context).finally(onGone));
    const secured = await whenThere(() => write(deed, writing, context), signal, remove);
    const left = await remove();
    await whenThere(() => keepTrying(doomed, left, secured, context), signal);
  } catch (error) {
    deed.claims.takeBack();
    throw error;
  }
}

/** Has everything be known that is asked of the server's settings afterwards. Gives its language. */
async function learn(guild: string, { settings }: Context): Promise<string> {
  const [{ language }] = await Promise.all([
    settings.of(guild, 'general'),
    settings.of(guild, 'automod'),
    settings.of(guild, 'permissions'),
  ]);
  return language;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Doing {
  readonly signal: AbortSignal;
  readonly onGone: () => void;
}

/** What is written of a deed, and what is deleted. */
interface Writing extends Claimed {
  readonly shares: readonly Share[];
  readonly doomed: Doomed;
  /** How much was not told before this; undefined where this is not told either. Counts once, however often it is tried to write it. */
  readonly untold: () => number | undefined;
}

/** Says which timer deletes what would be forgotten if this process died. */
async function write(deed: Deed, writing: Writing, context: Context): Promise<string | undefined> {
  const { shares, doomed, first, group, flood } = writing;
  const { message, observed } = deed;
  const others = doomed.places.some(({ id }) => id !== message.id);
  if (!others && !shares.some(({ rules }) => observed || isLoud(planOf(rules.map(({ rule }) => rule)))))
    return undefined;
  const places = await placesOf(message.guild, context);
  const answered: string[] = [];
  const timer = await context.database.begin(async (tx, notify) => {
    answered.length = 0;
    const numbers: number[] = [];
    const within = { tx, notify };
    const secured = await secure(within, doomed, context);
    await context.automod.cooldowns.keep(tx, deed.cooling, context.now());
    for (const share of shares) {
      const plan = planOf(await newRulesOf(within, share, context.now()), isPast(message, context.now()));
      if (plan.rules.length === 0) continue;
      const ordered = observed ? [] : await orderFor(within, share.culprit, plan, context);
      if (plan.alerts.length > 0 || plan.logs) numbers.push(...ordered);
      if (share.culprit.author !== message.author || !first) continue;
      if (!observed) await besides(within, share.culprit, plan, context);
      if (!observed && plan.replies.length > 0) answered.push(message.id);
      const told = toldOf(deed, plan, writing);
      if (told) await tellModerators(within, share.culprit, plan, told, places, context);
    }
    await keepCases(within, { group, guild: message.guild, numbers, flood: first ? undefined : flood }, context);
    return secured;
  });
  for (const id of answered) context.automod.answered.add(id);
  return timer;
}

/** What is done about a message but not to its author. */
async function besides(within: Within, culprit: Culprit, plan: Plan, context: Context): Promise<void> {
  await orderSlowmode(within, culprit, plan, context);
  await answer(within, culprit, plan, context);
}

/** Nothing where there is nobody to be told, or too much has been told already. */
function toldOf({ observed, hot, message, text }: Deed, { alerts, logs }: Plan, writing: Writing): Told | undefined {
  if (!observed && alerts.length === 0 && !logs) return undefined;
  const untold = writing.untold();
  if (untold === undefined) return undefined;
  const hits = hot.map(({ hit }) => hit);
  return { ...shownOf({ text, files: message.files, hits }), group: writing.group, observed, untold };
}

async function newRulesOf({ tx }: Within, { culprit, rules }: Share, at: Date): Promise<readonly Rule[]> {
  const left: Rule[] = [];
  for (const { rule, messages } of rules) {
    const kept = await keepDeeds(tx, { guild: culprit.guild, messages, rules: [deedsOf(rule)], at });
    if (kept.length > 0) left.push(rule);
  }
  return left;
}
