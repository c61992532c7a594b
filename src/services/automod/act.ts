import type { Context } from '../../context.ts';
import type { Cooldown } from '../../db/automod-cooldowns.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Hit, Verdict } from '../../workers/rules/verdict.ts';
import { Claims } from './claims.ts';
import { type Deed, doTo } from './deed.ts';
import type { JudgedMessage } from './judged.ts';
import type { Open, Trip } from './late.ts';
import { isLoud, planOf } from './plan.ts';
import type { Judging } from './rule-source.ts';
import { whenThere } from './when-there.ts';

/** What rules say of a message, those that do not bind its author left out. */
export interface Judged {
  readonly rules: Judging['rules'];
  readonly hits: readonly Hit[];
  readonly verdict: Verdict;
}

interface Acting {
  readonly signal: AbortSignal;
  /** Hears that the next message of the author may come. */
  readonly onTurn: () => void;
}

/** For what has to be fetched or asked; what is not known by then does not hold. */
const ASKING_MS = 20_000;

/**
 * Does what the rules want. Called in the order of each author's messages, one after another; also for an edit of which no rule
 * holds. What holds at once is done at once, and what has to be asked about afterwards.
 */
export async function act(
  message: JudgedMessage,
  { rules, hits, verdict }: Judged,
  context: Context,
  acting: Acting,
): Promise<void> {
  const { automod, log } = context;
  const { late } = automod;
  const { signal } = acting;
  const { trips, open } = late.settle(message, { ...verdict, hits: [...hits] }, rules);
  const done = await carry(message, trips, verdict, context, acting);
  acting.onTurn();
  if (open.length === 0) return await whenThere(() => after(message, done, context), signal);
  const ask = (one: Open) => {
    const asking = AbortSignal.any([signal, AbortSignal.timeout(ASKING_MS)]);
    return late.close(one, message, verdict, asking);
  };
  const asked = await Promise.allSettled(open.map((one) => whenThere(() => ask(one), signal)));
  signal.throwIfAborted();
  for (const end of asked) {
    if (end.status === 'rejected') log.error({ error: end.reason }, 'whether a rule holds could not be asked');
  }
  const later = asked.flatMap((end) => (end.status === 'fulfilled' ? (end.value ?? []) : []));
  await carry(message, later, verdict, context, acting);
  const holding = [...done, ...later.map(({ rule }) => rule.id)];
  await whenThere(() => after(message, holding, context), signal);
}

/** What was answered to an edit before it was one is brought up to date. */
async function after(message: JudgedMessage, holding: readonly string[], { automod }: Context): Promise<void> {
  if (message.edited) await automod.answered.changed(message.id, holding);
}

/** Says which rules hold. */
async function carry(
  message: JudgedMessage,
  trips: readonly Trip[],
  verdict: Verdict,
  context: Context,
  { signal, onTurn }: Acting,
): Promise<readonly string[]> {
  if (trips.length === 0) return [];
  for (const { rule } of trips) context.ruleStats.hit(message.guild, rule);
  for (const mode of ['enforce', 'observe'] as const) {
    const own = trips.filter(({ rule }) => rule.mode === mode);
    // What is only observed is told or nothing; in a flood it is mostly nothing, which is to cost nothing.
    if (own.length === 0 || (mode === 'observe' && context.automod.telling.skip(message.guild))) continue;
    const deed = deedOf(message, own, { verdict, observed: mode === 'observe' }, context);
    await doTo(deed, context, { signal, onGone: onTurn });
  }
  return trips.map(({ rule }) => rule.id);
}

interface Found {
  readonly verdict: Verdict;
  readonly observed: boolean;
}

/** What is to be done about a message, as far as that has not been done just now: then a rule only deletes. */
function deedOf(
  message: JudgedMessage,
  trips: readonly Trip[],
  { verdict, observed }: Found,
  { automod: { cooldowns }, now }: Context,
): Deed {
  const claims = new Claims();
  const cooling: Cooldown[] = [];
  const hot = trips.filter(({ rule }) => {
    const { cooldown } = rule;
    if (!cooldown || (rule.mode === 'enforce' && !isLoud(planOf([rule])))) return true;
    const taken = cooldowns.take(cooldownKey(rule, message, cooldown.per), cooldown.seconds, now().getTime());
    if (!taken) return false;
    cooling.push(taken);
    claims.add(() => cooldowns.free(taken));
    return true;
  });
  return { message, trips, hot, cooling, claims, text: verdict.masked ?? message.text, verdict, observed };
}

function cooldownKey(
  { id, mode }: Rule,
  { guild, author, channel }: JudgedMessage,
  per: 'member' | 'channel' | 'server',
) {
  const whose = { member: author, channel, server: '' }[per];
  return `${guild} ${id} ${mode} ${per} ${whose}`;
}
