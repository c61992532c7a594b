import type { BaseInteraction, Guild, GuildMember } from 'discord.js';
import type { JSONValue } from 'postgres';
import type { Context } from '../context.ts';
import type { Within } from '../db/connect.ts';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, type Said, t, type Words } from '../services/answers/words.ts';
import { actionOf } from '../services/moderation/actions.ts';
import { caseLine } from '../services/moderation/case-line.ts';
import { whatStandsInTheWay } from '../services/moderation/hierarchy.ts';
import { memberNow } from '../services/moderation/members.ts';
import type { Case, Evidence, NewAction } from '../services/moderation/moderation.ts';
import { refusalOf } from '../services/moderation/refusal.ts';
import { isAbove } from '../services/permissions/above.ts';
import type { Asked, Rules } from './define.ts';
import { orderOnce } from './order-once.ts';

/** Of what is kept with a case and told to the member. */
export const LONGEST_REASON = 1_000;
/** How long an answer waits for an action before it says that it is still tried, and how long after that. */
const SOON_MS = 5_000;
const LONG_MS = 60_000;

/** What all commands of moderation have in common; each adds the permission it needs. */
export const MODERATES = {
  visible: 'private',
  deadlineMs: 90_000,
  cooldown: { uses: 20, seconds: 60 },
} as const satisfies Rules;

export interface Target {
  readonly id: string;
  readonly name: string;
}

/** What a moderator wants done, to each of the targets. */
export interface Wish {
  readonly type: string;
  readonly targets: readonly Target[];
  readonly reason?: string | undefined;
  readonly until?: Date | undefined;
  readonly points?: number | undefined;
  readonly silent?: boolean | undefined;
  readonly evidence?: readonly Evidence[] | undefined;
  readonly data?: JSONValue | undefined;
}

/** A target that nothing is ordered for, and why. */
interface Spared {
  readonly target: Target;
  readonly why: Said;
}

/**
 * Orders what a moderator wants for each target that nothing stands in the way of, waits for it, and says how it went.
 * UserError where it can be done to none of them. `also` is written with the orders, or they are not made.
 */
export function moderate(
  asked: Asked<BaseInteraction>,
  wish: Wish,
  context: Context,
  also?: (within: Within) => Promise<void>,
): Promise<Answer> {
  return moderateAll(asked, [wish], context, also);
}

/** The same of several wishes as one. */
export async function moderateAll(
  asked: Asked<BaseInteraction>,
  wishes: readonly Wish[],
  context: Context,
  also?: (within: Within) => Promise<void>,
): Promise<Answer> {
  const { interaction, signal, answer } = asked;
  const { guild, member } = placeOf(interaction);
  const standing = await Promise.all(
    wishes.flatMap((wish) =>
      wish.targets.map(async (target) => ({
        ...{ wish, target },
        why: await whyNot(target, wish, { guild, member, signal }, context),
      })),
    ),
  );
  const spared = standing.flatMap(({ target, why }) => (why ? [{ target, why }] : []));
  const orders = standing.flatMap(({ wish, target, why }) => (why ? [] : [orderOf(wish, target, member, context)]));
  const [first] = spared;
  if (orders.length === 0 && first) return refused(spared, first);
  const numbers = await orderOnce(asked, orders, context, also);
  const waiting = { guild: guild.id, numbers, spared, unkept: await isUnkept(wishes, guild.id, context) };
  const soon = await casesWithin(waiting, AbortSignal.any([signal, AbortSignal.timeout(SOON_MS)]), context);
  if (soon.every(({ state }) => state !== 'pending')) return await told(soon, waiting, context);
  await answer({ ...cardOf(soon, spared, context), interim: true });
  const later = await casesWithin(waiting, AbortSignal.any([signal, AbortSignal.timeout(LONG_MS)]), context);
  return await told(later, waiting, context);
}

/** The server and the member who asks there. */
function placeOf(interaction: BaseInteraction): { readonly guild: Guild; readonly member: GuildMember } {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  return { guild: interaction.guild, member: interaction.member };
}

interface Place {
  readonly guild: Guild;
  readonly member: GuildMember;
  readonly signal: AbortSignal;
}

async function whyNot(
  { id, name }: Target,
  { type, until, data }: Wish,
  { guild, member: actor, signal }: Place,
  context: Context,
): Promise<Said | undefined> {
  const action = actionOf({ type });
  try {
    if (action?.ofPerson ?? true) {
      const member = await memberNow(guild, id);
      const between = { guild, actor, target: id, member };
      const stands = action?.toAnybody ? undefined : await whatStandsInTheWay(between, context);
      if (stands) return stands;
      const kept = action?.refuseTo?.(data, actor, context);
      if (kept) return kept;
      if (!member && action?.ofMember) return t('errors.notHere', { who: name });
    }
    return await action?.refuse?.(
      { guild: guild.id, target: id, targetName: name, until: until ?? null },
      context,
      signal,
    );
  } catch (error) {
    const why = refusalOf(error);
    if (why) return why;
    throw error;
  }
}

function orderOf(
  { targets: _, ...wish }: Wish,
  target: Target,
  { id, user, guild }: GuildMember,
  context: Context,
): NewAction {
  return {
    ...wish,
    ...{ guild: guild.id, target: target.id, targetName: target.name, source: 'command' },
    actor: { id, name: user.username, above: isAbove(guild.id, id, context) },
  };
}

/** UserError where there is but one thing to say. */
function refused(spared: readonly Spared[], { why }: Spared): Answer {
  if (spared.length === 1) throw new UserError(why.key, why.params);
  const part = { kind: 'lines', title: t('moderation.none'), lines: spared.map(sparedWords) } as const;
  return { tone: 'warning', parts: [part] };
}

function sparedWords({ target, why }: Spared): Words {
  return t('moderation.notMade', { who: mention('user', target.id), why });
}

interface Waiting {
  readonly guild: string;
  readonly numbers: readonly number[];
  readonly spared: readonly Spared[];
  /** Whether a file was given as evidence, and there is no place where it would last. */
  readonly unkept: boolean;
}

async function isUnkept(wishes: readonly Wish[], guild: string, { settings }: Context): Promise<boolean> {
  const files = wishes.some(({ evidence = [] }) => evidence.some(({ kind }) => kind === 'file'));
  return files && !(await settings.of(guild, 'logs')).logChannel;
}

/** The cases, as soon as none is pending or when the time for that is over. */
async function casesWithin(
  { guild, numbers }: Waiting,
  signal: AbortSignal,
  { moderation }: Context,
): Promise<readonly Case[]> {
  await Promise.allSettled(numbers.map((number) => moderation.outcome(guild, number, signal)));
  const cases = await Promise.all(numbers.map((number) => moderation.get({ guild, number })));
  return cases.flatMap((one) => one ?? []);
}

/** The answer proper. Of what is still pending they hear otherwise if it is refused. */
async function told(cases: readonly Case[], { guild, spared, unkept }: Waiting, context: Context): Promise<Answer> {
  const settled = cases.filter(({ state }) => state !== 'pending').map(({ number }) => number);
  await context.moderation.heard(guild, settled);
  const card = cardOf(cases, spared, context);
  return { ...card, ...(unkept && !card.next && { next: t('moderation.noPlace') }) };
}

function cardOf(cases: readonly Case[], spared: readonly Spared[], context: Context): Answer {
  const pending = cases.some(({ state }) => state === 'pending');
  const failed = spared.length > 0 || cases.some(({ state }) => state === 'void');
  return {
    tone: failed ? 'warning' : pending ? 'info' : 'good',
    parts: [{ kind: 'lines', lines: [...cases.map((one) => caseLine(one, context)), ...spared.map(sparedWords)] }],
    ...(pending && { next: t('moderation.tryingNext') }),
  };
}
