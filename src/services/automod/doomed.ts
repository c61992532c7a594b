import type { Context } from '../../context.ts';
import type { Within } from '../../db/connect.ts';
import { dropTimer } from '../../db/timers.ts';
import type { NewTimer } from '../timers/timers.ts';
import type { JudgedMessage } from './judged.ts';
import type { Placed } from './rate.ts';

/** What is deleted at once is not looked after again before that; what could not be is tried again by then. Milliseconds. */
const AGAIN_MS = 20_000;

/** Messages that are to be deleted. */
export interface Doomed {
  readonly message: JudgedMessage;
  readonly places: readonly Placed[];
  /** For Discord's audit log. */
  readonly why: string;
}

/** Has what would not be judged again after a crash be deleted whatever happens: what was judged before, and edits. Says by which timer. */
export async function secure(
  within: Within,
  { message, places, why }: Doomed,
  { timers, now }: Context,
): Promise<string | undefined> {
  const forgotten = places.filter(({ id }) => id !== message.id || message.edited);
  if (forgotten.length === 0) return undefined;
  return (await timers.addWithin(within, deletion({ message, places: forgotten, why }, now()))).id;
}

/** Deletes messages at once, and gives those that Discord does not delete now. Never rejects. */
export async function removeAll(doomed: Doomed, context: Context): Promise<readonly Placed[]> {
  const { message, places, why } = doomed;
  const { deletions, log, refusals } = context;
  const { guild } = message;
  const ends = await Promise.allSettled(places.map(({ channel, id }) => deletions.remove({ channel, id, why })));
  const left = places.filter((_, at) => ends[at]?.status === 'rejected');
  const refused = places.find((_, at) => isRefused(ends[at]));
  if (refused) {
    await refusals.report({
      guild,
      channel: refused.channel,
      permission: 'ManageMessages',
      what: 'automod.refused.delete',
    });
  }
  if (left.length > 0) {
    log.warn(
      { guild, messages: left.length, error: reasonIn(ends) },
      'messages could not be deleted, and are tried again',
    );
  }
  return left;
}

/** Leaves to a timer what is still there, `secured` or a new one. */
export async function keepTrying(
  { message, why }: Doomed,
  left: readonly Placed[],
  secured: string | undefined,
  context: Context,
): Promise<void> {
  if (left.length === 0 && secured === undefined) return;
  await context.database.begin(async (tx, notify) => {
    if (secured !== undefined) await dropTimer(tx, { id: secured, kind: 'automod-delete' });
    if (left.length === 0) return;
    await context.timers.addWithin({ tx, notify }, deletion({ message, places: left, why }, context.now()));
  });
}

function deletion({ message, places, why }: Doomed, now: Date): NewTimer {
  const messages = places.map(({ channel, id }) => ({ channel, id }));
  return {
    kind: 'automod-delete',
    owner: message.author,
    guild: message.guild,
    payload: { why, messages },
    due: new Date(now.getTime() + AGAIN_MS),
    zone: 'UTC',
  };
}

function isRefused(end: PromiseSettledResult<unknown> | undefined): boolean {
  return end?.status === 'fulfilled' && end.value === 'refused';
}

function reasonIn(ends: readonly PromiseSettledResult<unknown>[]): unknown {
  return ends.find((end) => end.status === 'rejected')?.reason;
}
