import type { Context } from '../../context.ts';
import { isBraked } from '../../db/brakes.ts';
import { keepCaseData, takeNumbers } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import {
  beginRun,
  countItems,
  dropRun,
  endRun,
  findRun,
  insertRun,
  type MassRun,
  type MassValues,
  type NewItem,
} from '../../db/mass-runs.ts';
import { dropTaken } from '../../db/raid-deeds.ts';
import { toPayload } from '../answers/payload.ts';
import { asData, type Said } from '../answers/words.ts';
import { brakedAsRun } from '../moderation/brake-kinds.ts';
import type { SendOnce } from '../moderation/notice.ts';
import { isAbove } from '../permissions/above.ts';
import { raidTimer } from '../raids/timer.ts';
import { channelRefusal } from '../timers/channel-refusal.ts';
import { UnsureSentError } from '../timers/find-sent.ts';
import { hash, sendOnce } from '../timers/send-once.ts';
import { writeLetter } from '../timers/write-letter.ts';
import { type Ended, runCard } from './run-card.ts';
import { purgeSpec } from './spec.ts';

/** Keeps a run to be confirmed. */
export async function askRun(run: MassValues, items: readonly NewItem[], { database }: Context): Promise<void> {
  await database.begin((tx) => insertRun(tx, run, items));
}

/**
 * How the beginning of a run went: it had begun before, it is more than one person may decide alone, or it is not begun since the
 * rank of whoever asked is frozen.
 */
type Start = 'begun' | 'before' | 'second' | 'braked';

/**
 * Has a run that was kept begin, with its timer, and the case of the whole where it has one. `second`: somebody else who has
 * confirmed it, too.
 */
export async function startRun(run: MassRun, context: Context, second: string | null = null): Promise<Start> {
  return await context.database
    .begin((tx, notify) => startWithin(run, second, { tx, notify }, context))
    .catch((error: unknown) => {
      if (error instanceof AlreadyBegun) return 'before';
      throw error;
    });
}

/** Keeps a run and has it begin. Of one that does not begin nothing is kept: what messages said must not lie about. */
export async function startAtOnce(
  run: MassRun,
  values: MassValues,
  items: readonly NewItem[],
  context: Context,
): Promise<Start> {
  return await context.database.begin(async (tx, notify) => {
    await insertRun(tx, values, items);
    const start = await startWithin(run, null, { tx, notify }, context);
    if (start !== 'begun') await dropRun(tx, run.id);
    return start;
  });
}

async function startWithin(run: MassRun, second: string | null, within: Within, context: Context): Promise<Start> {
  if (run.raid !== null) await mindRaid(run, run.raid, within, context);
  const stands = await whatHolds(run, second, within, context);
  if (stands) return stands;
  const number = run.kind === 'purge' ? await orderPurge(run, within, context) : null;
  if (!(await beginRun(within.tx, run.id, { number, at: context.now(), second }))) throw new AlreadyBegun();
  await addTurn(within, run, context);
  return 'begun';
}

/** A run counts as all that is in it, from the moment when it begins. Nobody has confirmed a purge, so too much of that freezes. */
async function whatHolds(
  run: MassRun,
  second: string | null,
  within: Within,
  context: Context,
): Promise<Exclude<Start, 'begun'> | undefined> {
  const { guild, actor, actorName, kind, id } = run;
  if (isAbove(guild, actor, context)) return undefined;
  const { tx } = within;
  await takeNumbers(tx, guild, 0); // whoever else counts in this server waits here
  if ((await findRun(tx, id))?.state !== 'asked') return 'before';
  if (await isBraked(tx, run)) return 'braked';
  const what = brakedAsRun(kind);
  if (!what || second !== null) return undefined;
  const { brake } = context.moderation;
  const doing = { guild, actor, actorName, what, more: (await countItems(tx, id)).open };
  if (kind === 'purge') return (await brake.holds(within, doing)) ? 'braked' : undefined;
  return (await brake.exceeds(within, doing)) ? 'second' : undefined;
}

/** Of those of a raid nobody is dealt with twice, and the alert tells who has begun. */
async function mindRaid({ id, guild, kind }: MassRun, raid: string, within: Within, { timers, now }: Context) {
  await dropTaken(within.tx, { id, raid, kind });
  if ((await countItems(within.tx, id)).open === 0) throw new AlreadyBegun();
  await timers.addWithin(within, raidTimer({ id: raid, guild }, now()));
}

/** Takes the case back with the transaction. */
class AlreadyBegun extends Error {}

/** Has a run be worked on, from now on; `over`: have it only say how far it came, and be closed. */
export async function addTurn(
  within: Within,
  { id, guild, channel, actor }: MassRun,
  { timers, now }: Context,
  { due = now(), over = false }: { readonly due?: Date; readonly over?: boolean } = {},
) {
  const payload = { run: id, ...(over && { over }) };
  await timers.addWithin(within, { kind: 'mass-run', owner: actor, guild, channel, payload, due, zone: 'UTC' });
}

/** Tells the server's log of a run that is over, once; false where that takes no message. */
export async function tellLog(run: MassRun, ended: Ended, context: Context, signal: AbortSignal): Promise<boolean> {
  const { settings, discord, log } = context;
  const { logChannel } = await settings.of(run.guild, 'logs');
  if (!logChannel) return false;
  const nonce = hash(`${run.id} log`, 16);
  try {
    const card = await cardOf(run, ended, context);
    await sendOnce(discord.rest, logChannel, card, { nonce, self: discord.user?.id ?? '', signal });
    return true;
  } catch (error) {
    // A log that is gone keeps no run open.
    if (!channelRefusal(error) && !(error instanceof UnsureSentError)) throw error;
    log.info({ error, run: run.id, guild: run.guild }, 'the log could not be told of a run');
    return false;
  }
}

/** Writes to whoever asked for a run, where nothing else tells them of its end. That they take no letters holds nothing up. */
export async function tellWhoAsked(run: MassRun, ended: Ended, send: SendOnce, context: Context): Promise<void> {
  const error = await writeLetter(run.actor, await cardOf(run, ended, context), send, context);
  if (error) context.log.info({ error, run: run.id, guild: run.guild }, 'nobody could be told of a run');
}

async function cardOf(run: MassRun, ended: Ended, { settings, i18n, db }: Context) {
  const { language: locale } = await settings.of(run.guild, 'general');
  return toPayload(runCard(run, await countItems(db, run.id), ended, 'moderators'), { i18n, locale });
}

/** Writes that a run is over, and settles the case of the whole: as void where nothing was done. */
export async function closeRun(
  within: Within,
  run: MassRun,
  why: Said | undefined,
  { moderation, now, timers }: Context,
) {
  const reason = why === undefined ? null : asData(why);
  await endRun(within.tx, run.id, why === undefined ? 'done' : 'stopped', reason, now());
  if (run.raid !== null) await timers.addWithin(within, raidTimer({ id: run.raid, guild: run.guild }, now()));
  const number = (await findRun(within.tx, run.id))?.case ?? null;
  const one = number === null ? undefined : await moderation.get({ guild: run.guild, number }, within);
  if (!one) return;
  const { done: count } = await countItems(within.tx, run.id);
  if (count > 0) await keepCaseData(within.tx, one, { count });
  const nothing = count === 0 && why !== undefined;
  await moderation.settle(within, one, { ...(nothing ? { kind: 'void', why } : { kind: 'done' }), told: null });
}

async function orderPurge(run: MassRun, within: Within, { moderation, discord }: Context): Promise<number> {
  const { channel, reason } = purgeSpec(run);
  const found = discord.channels.cache.get(channel);
  const targetName = found && 'name' in found ? `#${found.name}` : channel;
  const [number] = await moderation.order(
    {
      ...{ guild: run.guild, type: 'purge', target: channel, targetName, reason, source: 'mass', held: true },
      actor: { id: run.actor, name: run.actorName },
    },
    within,
  );
  if (number === undefined) throw new Error('no case was made of a purge');
  return number;
}
