import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import { isTimedOutBeyond } from '../../db/points.ts';
import type { Key } from '../../lib/i18n.ts';
import { clip } from '../answers/words.ts';
import { botActor } from '../moderation/bot-actor.ts';
import { caseTimer } from '../moderation/case-timer.ts';
import type { NewAction } from '../moderation/moderation.ts';
import type { Plan } from './plan.ts';
import type { Sanction } from './rule-action.ts';

/** Somebody to whom rules do something, and for which message. */
export interface Culprit {
  readonly guild: string;
  readonly author: string;
  readonly username: string;
  readonly channel: string;
  readonly message: string;
  /** Without secrets; nothing of a message that is known by its place alone. */
  readonly text: string | undefined;
  /** How many messages of a flood are theirs; 1 for none. */
  readonly copies: number;
  /** Of the server. */
  readonly language: string;
  /** Whether it is a member, to whom something can be done. */
  readonly person: boolean;
}

/** As much as a case keeps. */
const LONGEST_REASON = 400;
const LONGEST_EVIDENCE = 1_000;

/**
 * Orders what rules want done to one person: one case for all of them, and one for each role. Says their numbers.
 * Part of the transaction that keeps that it was done.
 */
export async function orderFor(
  within: Within,
  culprit: Culprit,
  plan: Plan,
  context: Context,
): Promise<readonly number[]> {
  if (!culprit.person) return [];
  const reason = reasonOf(culprit, plan, context);
  const { sanction, points } = plan;
  const orders: NewAction[] = [];
  if (sanction) orders.push(await sanctionFor(within, culprit, { sanction, points, reason }, context));
  for (const { type, role, seconds } of plan.roles) {
    orders.push({ ...common(culprit, reason, context), type, until: endOf(seconds, context), data: { role } });
  }
  if (orders.length === 0) return [];
  const numbers = await context.moderation.order(orders, within);
  for (const [at, order] of orders.entries()) await giveBack(within, order, numbers[at], context);
  return numbers;
}

/** Slows the channel down; a case of its own, since it is done to nobody. */
export async function orderSlowmode(within: Within, culprit: Culprit, plan: Plan, context: Context): Promise<void> {
  if (!plan.slowmode) return;
  const { guild, channel } = culprit;
  const { seconds, for: lasts } = plan.slowmode;
  const name = context.discord.guilds.cache.get(guild)?.channels.cache.get(channel)?.name ?? channel;
  const reason = reasonOf(culprit, plan, context);
  const order = { ...common(culprit, reason, context), type: 'slowmode', target: channel, targetName: name };
  await context.moderation.order({ ...order, until: endOf(lasts, context), data: { seconds } }, within);
}

interface Wanted {
  readonly sanction: Sanction;
  readonly points: number;
  readonly reason: string;
}

/** Whoever is in a longer timeout already stays in that one: the case then only keeps what happened. */
async function sanctionFor(
  { tx }: Within,
  culprit: Culprit,
  { sanction, points, reason }: Wanted,
  context: Context,
): Promise<NewAction> {
  const { type, seconds, deleteDays, silent } = sanction;
  const until = endOf(seconds, context);
  const base = { ...common(culprit, reason, context), points };
  const whose = { guild: culprit.guild, target: culprit.author };
  if (type === 'timeout' && until && (await isTimedOutBeyond(tx, whose, until))) {
    return { ...base, type: 'warn', silent: true };
  }
  return { ...base, type, until, silent, ...(deleteDays !== undefined && { data: { deleteDays } }) };
}

function common(culprit: Culprit, reason: string, context: Context): Omit<NewAction, 'type'> {
  const { guild, author, username, channel, message, text } = culprit;
  const url = `https://discord.com/channels/${guild}/${channel}/${message}`;
  return {
    ...{ guild, target: author, targetName: username, actor: botActor(context), reason, source: 'automod' },
    evidence: [{ kind: 'message', url, ...(text !== undefined && { text: clip(text, LONGEST_EVIDENCE) }) }],
  };
}

/** What Discord has taken for a time is given back by a timer: taking a role is over at once, as far as its case goes. */
async function giveBack(within: Within, order: NewAction, number: number | undefined, context: Context): Promise<void> {
  const { guild, type, target, actor, until } = order;
  if (type !== 'role-remove' || !until || number === undefined) return;
  const key = { guild, number, actor: actor.id, target };
  await context.timers.addWithin(within, caseTimer(key, 'automod-role-back', until));
}

function endOf(seconds: number | undefined, { now }: Context): Date | undefined {
  return seconds === undefined ? undefined : new Date(now().getTime() + seconds * 1_000);
}

function reasonOf({ copies, language }: Culprit, { rules }: Plan, { i18n }: Context): string {
  const key: Key = copies > 1 ? 'automod.reasonOfMany' : 'automod.reason';
  const names = rules.map(({ name }) => name).join(', ');
  return clip(i18n.t(key, { rules: names, count: copies }, language), LONGEST_REASON);
}
