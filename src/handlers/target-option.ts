import { RESTJSONErrorCodes as Code, DiscordAPIError, type User } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code } from '../services/answers/words.ts';
import type { Target } from './moderate.ts';

/** People in one answer to one command; more than that are many, and go in batches. */
const MOST = 20;

/** The person chosen and those named beside them by mentions or ids, each once. UserError for what names nobody. */
export async function readTargets(who: User, others: string | undefined, context: Context): Promise<readonly Target[]> {
  const ids = (others ?? '').split(/[\s,;]+/).flatMap((piece) => (piece === '' ? [] : idOf(piece)));
  const further = [...new Set(ids)].filter((id) => id !== who.id);
  if (further.length >= MOST)
    throw new UserError('moderation.targets.tooMany', { count: further.length + 1, most: MOST });
  return [targetOf(who), ...(await Promise.all(further.map((id) => findTarget(id, context))))];
}

export function targetOf({ id, username }: User): Target {
  return { id, name: username };
}

function idOf(piece: string): string {
  const id = /^(?:<@!?)?(\d{17,20})>?$/.exec(piece)?.[1];
  if (id === undefined) throw new UserError('moderation.targets.unreadable', { text: code(piece.slice(0, 50)) });
  return id;
}

/** Anybody who has an account. UserError where Discord knows nobody with this id. */
export async function findTarget(id: string, { discord }: Pick<Context, 'discord'>): Promise<Target> {
  try {
    return targetOf(await discord.users.fetch(id));
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === Code.UnknownUser)) throw error;
    throw new UserError('moderation.targets.unknown', { id: code(id) });
  }
}
