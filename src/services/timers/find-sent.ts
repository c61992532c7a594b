import { RESTJSONErrorCodes as Code, DiscordAPIError, type REST } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import { BotError } from '../../lib/errors.ts';
import { snowflakeAt, snowflakeTime } from '../../lib/snowflake.ts';

/** How far Discord's clock and the database's may be apart. */
const SKEW_MS = 120_000;
const PAGE = 100;
/** What is looked through of a channel where much is said. */
const MOST_PAGES = 10;

/**
 * A message may be in a channel or not, and nobody can tell: the bot may not read there (`unreadable`), or too much was
 * written since (`buried`).
 */
export class UnsureSentError extends BotError {
  readonly why: 'unreadable' | 'buried';

  constructor(why: 'unreadable' | 'buried') {
    super(`it is not known whether a message was sent: ${why}`);
    this.why = why;
  }
}

interface Search {
  /** When the message was sent at the earliest. */
  readonly since: Date;
  /** And at the latest [now]. */
  readonly until?: Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks for a message in what was written in a channel, oldest first. Undefined when it surely is not there;
 * UnsureSentError when that cannot be known; otherwise rejects as Discord does.
 */
export async function findSent(
  rest: Pick<REST, 'get'>,
  channel: string,
  { since, until, signal }: Search,
  fits: (message: APIMessage) => boolean,
): Promise<APIMessage | undefined> {
  const from = snowflakeAt(since.getTime() - SKEW_MS);
  const lastMs = until ? until.getTime() + SKEW_MS : Number.POSITIVE_INFINITY;
  let after = from;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const answer = await rest.get(Routes.channelMessages(channel), { query, ...(signal && { signal }) });
    const messages = answer as readonly APIMessage[]; // what Discord answers to this request, newest first
    const found = messages.find(fits);
    if (found) return found;
    const [newest] = messages;
    if (!newest || messages.length < PAGE || snowflakeTime(newest.id) > lastMs) {
      await mustBeReadable(rest, channel, { message: from, signal });
      return undefined;
    }
    after = newest.id;
  }
  throw new UnsureSentError('buried');
}

/** Whoever may not read a channel's history is shown an empty one; asked for a single message Discord says so. */
async function mustBeReadable(
  rest: Pick<REST, 'get'>,
  channel: string,
  { message, signal }: { readonly message: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  try {
    await rest.get(Routes.channelMessage(channel, message), signal && { signal });
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.status === 403) throw new UnsureSentError('unreadable');
    if (error.code !== Code.UnknownMessage) throw error;
  }
}
