import type { APIMessage } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import { type LogRow, leftLogEntries } from '../../db/log-entries.ts';
import { findSent, UnsureSentError } from '../timers/find-sent.ts';
import { componentId, placesIn } from './compose.ts';
import type { LogEntry } from './entry.ts';
import { Item } from './item.ts';
import type { Outbox } from './outbox.ts';

type Needs = Pick<Context, 'db' | 'discord' | 'gateway' | 'log' | 'now'>;

/** What is left of a server at most, and for how long. */
const MOST_LEFT = 10_000;
const OLDEST_MS = 86_400_000;

/** Puts what an earlier process has not sent, or not struck out, before what is new. Says the last place there was. */
export async function takeLeft(
  outbox: Outbox,
  draw: (item: Item) => void,
  context: Needs,
  signal: AbortSignal,
): Promise<number> {
  const { db, discord, log, now } = context;
  const rows = await leftLogEntries(db, [...discord.guilds.cache.keys()], MOST_LEFT);
  const fresh = rows.filter(({ at }) => now().getTime() - at.getTime() < OLDEST_MS);
  const over: Pick<LogRow, 'guild' | 'place'>[] = rows.filter((row) => !fresh.includes(row));
  for (const [channel, left] of Map.groupBy(fresh, (row) => row.channel)) {
    const sent = await sentOf(channel, left, context, signal);
    over.push(...left.filter((row) => sent(row)));
    const unsent = left.filter((row) => !sent(row));
    const items = unsent.map(itemOf);
    for (const item of items) if (hasFiles(item)) draw(item);
    outbox.putFirst(channel, items);
    log.info({ channel, left: left.length, unsent: unsent.length }, 'event logs were left by an earlier process');
  }
  if (over.length > 0) await outbox.strike(over);
  return rows.reduce((last, { place }) => Math.max(last, place), 0);
}

function itemOf({ guild, channel, place, at, body }: LogRow): Item {
  const item = new Item({ guild, channel, place, at: at.getTime() });
  item.entry = JSON.parse(body) as LogEntry; // as it was written
  item.secured = true;
  return item;
}

/** What cannot be told without a file is made anew; the difference of an edit can. */
function hasFiles({ entry }: Item): boolean {
  return (entry?.messages ?? entry?.files ?? []).length > 0;
}

/** Which of these stand in their channel. Where nobody can tell they are sent again: twice is better than not at all. */
async function sentOf(
  channel: string,
  rows: readonly LogRow[],
  { discord, gateway, log }: Needs,
  signal: AbortSignal,
): Promise<(row: LogRow) => boolean> {
  const ids = new Set<number>();
  const files: { readonly from: number; readonly to: number }[] = [];
  const look = (message: APIMessage) => {
    if (message.author.id === discord.user?.id) {
      for (const id of idsIn(message.components)) ids.add(id);
      files.push(...message.attachments.flatMap(({ filename }) => placesIn(filename) ?? []));
    }
    return false;
  };
  const since = rows[0]?.at ?? new Date();
  try {
    await gateway.lanes.within('jobs', () => findSent(discord.rest, channel, { since, signal }, look));
  } catch (error) {
    if (!(error instanceof UnsureSentError)) log.info({ error, channel }, 'what event logs were sent is not known');
  }
  return ({ place }) => ids.has(componentId({ place })) || files.some(({ from, to }) => from <= place && place <= to);
}

function idsIn(components: APIMessage['components']): readonly number[] {
  return (components ?? []).flatMap((one) => ('components' in one ? one.components.flatMap(({ id }) => id ?? []) : []));
}
