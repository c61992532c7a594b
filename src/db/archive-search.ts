import type { ISql, Sql } from 'postgres';
import { snowflakeAt, snowflakeTime } from '../lib/snowflake.ts';

/** A word, a phrase, or the beginning of a word. */
export interface SoughtTerm {
  readonly words: string;
  readonly not: boolean;
  readonly begins: boolean;
}

/** Which messages of a server are looked for. Times in milliseconds. */
export interface MessageFilter {
  readonly guild: string;
  /** Of one group all terms have to fit; without any, whatever else is asked for. */
  readonly terms: readonly (readonly SoughtTerm[])[];
  readonly author?: string | undefined;
  readonly from?: number | undefined;
  readonly before?: number | undefined;
  readonly hasFile?: boolean | undefined;
  readonly edited?: boolean | undefined;
  /** Only what was deleted, or only what was not. */
  readonly deleted: boolean;
}

export interface FoundMessage {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  readonly name: string;
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  /** How many it carries. */
  readonly files: number;
  /** What it says, or parts of it, with what was found between `MARK_BEGIN` and `MARK_END`. */
  readonly text: string;
}

/** Of the letters that no alphabet has; they are taken out of what people wrote. */
export const MARK_BEGIN = '\ue000';
export const MARK_END = '\ue001';
const MARKS = `StartSel=${MARK_BEGIN}, StopSel=${MARK_END}`;
const ALL = `${MARKS}, HighlightAll=true`;
const PARTS = `${MARKS}, MaxFragments=3, MaxWords=20, MinWords=6, FragmentDelimiter=" … "`;
/** Letters; more is shown in parts around what was found. */
const SHORT = 250;

export interface MessagesFrom {
  readonly to: 'older' | 'newer';
  readonly id: string;
}

/** Messages of these channels beyond one, the newest first; at most `limit`, which are the nearest to it. Never of who opted out. */
export async function findMessages(
  db: Sql,
  filter: MessageFilter,
  {
    channels,
    from,
    limit,
  }: { readonly channels: readonly string[]; readonly from?: MessagesFrom | undefined; readonly limit: number },
): Promise<readonly FoundMessage[]> {
  if (channels.length === 0) return [];
  const newer = from?.to === 'newer';
  const wanted = filter.terms.length === 0 ? undefined : matching(db, filter.terms);
  const clean = db`translate(body, ${MARK_BEGIN + MARK_END}, '')`;
  const rows = await db<FoundMessage[]>`
    select message_id::text as id, channel_id::text as channel, author_id::text as author, author_name as name,
      sent_at as "sentAt", edited_at as "editedAt", deleted_at as "deletedAt", coalesce(jsonb_array_length(files), 0) as files,
      ${
        wanted
          ? db`ts_headline('simple', ${clean}, ${wanted}, case when length(body) <= ${SHORT} then ${ALL} else ${PARTS} end)`
          : db`left(${clean}, ${SHORT + 1})`
      } as text
    from (
      select * from archived_messages m
      where ${messageFits(db, filter)} and channel_id = any(${[...channels]}::bigint[])
        ${wanted ? db`and words @@ ${wanted}` : db``} ${from ? beyond(db, from) : db``}
      order by message_id ${newer ? db`asc` : db`desc`} limit ${limit}
    ) found order by message_id desc`;
  return rows;
}

/** Both the id and the time: by the time whole months are left out. */
function beyond(db: ISql, { to, id }: MessagesFrom) {
  const at = new Date(snowflakeTime(id));
  return to === 'newer'
    ? db`and message_id > ${id} and sent_at >= ${at}`
    : db`and message_id < ${id} and sent_at <= ${at}`;
}

/** What a message `m` must be besides its words, as the condition of a query. */
export function messageFits(db: ISql, { guild, author, from, before, hasFile, edited, deleted }: MessageFilter) {
  return db`guild_id = ${guild}
    ${author === undefined ? db`` : db`and author_id = ${author}`}
    ${from === undefined ? db`` : db`and message_id >= ${snowflakeAt(from)}::bigint and sent_at >= ${new Date(from)}`}
    ${before === undefined ? db`` : db`and message_id < ${snowflakeAt(before)}::bigint and sent_at < ${new Date(before)}`}
    ${hasFile ? db`and files is not null` : db``}
    ${edited === undefined ? db`` : edited ? db`and edited_at is not null` : db`and edited_at is null`}
    and deleted_at is ${deleted ? db`not null` : db`null`}
    and not exists (select from archive_opt_outs where user_id = m.author_id)`;
}

function matching(db: ISql, groups: MessageFilter['terms']) {
  return groups
    .map((terms) => terms.map((term) => termQuery(db, term)).reduce((all, one) => db`${all} && ${one}`))
    .map((group) => db`(${group})`)
    .reduce((any, one) => db`(${any} || ${one})`);
}

function termQuery(db: ISql, { words, not, begins }: SoughtTerm) {
  const query = begins
    ? db`to_tsquery('simple', ${`${words}:*`}::text)`
    : db`phraseto_tsquery('simple', ${words}::text)`;
  return not ? db`!!${query}` : query;
}

/** In which channels of a server something was ever kept, threads included. */
export async function searchedChannels(db: Sql, guild: string): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select channel_id::text as id from archived_channels where guild_id = ${guild} order by channel_id`;
  return rows.map(({ id }) => id);
}
