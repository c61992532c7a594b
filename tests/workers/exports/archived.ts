import { join } from 'node:path';
import { makeMonths } from '../../../src/db/archive-months.ts';
import type { Db } from '../../../src/db/connect.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import type { ExportOrder } from '../../../src/workers/exports/order.ts';

export const GUILD = '100000000000000001';
export const CHANNEL = '200000000000000001';
export const AUTHOR = '300000000000000001';
/** When the first message was written; each comes a second after the one before. */
export const BEGAN = Date.UTC(2026, 9, 31, 23, 0);

/** The id of a message, by its place from 0. */
export function messageAt(place: number): string {
  return snowflakeAt(BEGAN + place * 1_000);
}

/** Puts so many messages into the archive, from the given place on. */
export async function fillArchive(
  db: Db,
  count: number,
  { from = 0, channel = CHANNEL, guild = GUILD, author = AUTHOR } = {},
): Promise<void> {
  await makeMonths(db, ['2026_10', '2026_11']);
  const began = BEGAN + from * 1_000;
  await db`
    insert into archived_messages (guild_id, channel_id, message_id, sent_at, author_id, author_name, body)
    select ${guild}, ${channel}, (at - 1420070400000) << 22, to_timestamp(at / 1000.0), ${author}, 'gentoo',
      'words of a penguin, number ' || n
    from generate_series(0::bigint, ${count - 1}) n, lateral (select ${began}::bigint + n * 1000 as at) moment`;
}

/** An export of all of it as lines of JSON. */
export function orderOf(folder: string, changed: Partial<ExportOrder> = {}): ExportOrder {
  return {
    wanted: {
      kind: 'messages',
      filter: { guild: GUILD, channels: null, author: null, from: null, to: null, text: null },
    },
    ...{ format: 'jsonl', packing: 'none', folder: join(folder, 'exports'), name: 'messages', after: null },
    ...{ partBytes: 1_000_000_000, firstPart: 1, mostParts: 100, channels: { [CHANNEL]: 'general' } },
    words: {
      ...{ language: 'en', title: 'Messages', times: 'Times are in UTC.', edited: 'edited', deleted: 'deleted' },
      ...{ earlier: 'said until', channelGone: 'a channel' },
    },
    ...changed,
  };
}
