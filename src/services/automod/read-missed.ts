import { DiscordAPIError, type Guild } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { isLater } from '../../lib/snowflake.ts';
import { untilThere } from '../gateway/application.ts';
import type { Pipeline } from './pipeline.ts';
import { withMembers } from './whole.ts';

/** What was missed in a channel: what came after one message, up to another. */
export interface Gap {
  readonly channel: string;
  readonly after: string;
  readonly upTo: string;
}

/** How much was read, and whether that is all. */
export interface Read {
  readonly messages: number;
  readonly complete: boolean;
}

interface Reading {
  readonly guild: Guild;
  readonly gap: Gap;
  /** How many messages may still be read in all; read ones are taken off. */
  readonly budget: { left: number };
  readonly signal: AbortSignal;
}

/** What Discord gives at a time. */
const PAGE = 100;
const MOST_IN_A_CHANNEL = 500;

/**
 * Reads what was missed in a channel, the newest first, and has it judged in the order in which it was written. Says how much it
 * was, and whether it was all; what Discord does not let the bot read is not.
 */
export async function readMissed(
  { guild, gap, budget, signal }: Reading,
  { pipeline, ...context }: Pick<Context, 'discord' | 'gateway' | 'log'> & { readonly pipeline: Pipeline },
): Promise<Read> {
  try {
    const { found, complete } = await newestFirst(gap, Math.min(budget.left, MOST_IN_A_CHANNEL), context, signal);
    budget.left -= found.length;
    const theirs = found.filter(({ author, webhook_id }) => !author.bot || webhook_id !== undefined).reverse();
    const over: Promise<void>[] = [];
    for (const payload of await withMembers(guild, theirs, context, signal)) {
      await pipeline.room(signal);
      over.push(pipeline.missed(payload, guild.id));
    }
    await withDeadline('missed messages', () => Promise.all(over), { signal });
    return { messages: theirs.length, complete };
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    context.log.info({ error, guild: guild.id, channel: gap.channel }, 'what was missed in a channel may not be read');
    return { messages: 0, complete: false };
  }
}

async function newestFirst(
  { channel, after, upTo }: Gap,
  most: number,
  { discord, log }: Pick<Context, 'discord' | 'log'>,
  signal: AbortSignal,
): Promise<{ readonly found: APIMessage[]; readonly complete: boolean }> {
  const found: APIMessage[] = [];
  let before = String(BigInt(upTo) + 1n);
  while (found.length < most) {
    const limit = Math.min(PAGE, most - found.length);
    const query = new URLSearchParams({ limit: String(limit), before });
    const ask = async () =>
      (await discord.rest.get(Routes.channelMessages(channel), { query, signal })) as APIMessage[]; // Discord's own answer
    const page = await untilThere('a channel', ask, log, signal);
    const fresh = page.filter(({ id }) => isLater(id, after));
    found.push(...fresh);
    if (fresh.length < limit) return { found, complete: true };
    before = fresh.at(-1)?.id ?? after;
  }
  return { found, complete: false };
}
