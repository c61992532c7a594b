import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';

export interface ReplyKey {
  readonly message: string;
  readonly rule: string;
}

export interface Reply extends ReplyKey {
  readonly guild: string;
  readonly channel: string;
  readonly author: string;
  readonly words: string;
  /** Whether the message is deleted that it answers. */
  readonly deleted: boolean;
  /** Seconds; null for what stays. */
  readonly deleteAfter: number | null;
  /** The message that says it; null while there is none. */
  readonly reply: string | null;
  /** Whether the message has been changed, and the rule does not hold any more. */
  readonly calm: boolean;
}

function columns(db: ISql) {
  return db`
    message_id::text as message, rule_id as rule, guild_id::text as guild, channel_id::text as channel,
    author_id::text as author, words, deleted, delete_after as "deleteAfter", reply_id::text as reply, calm`;
}

export type NewReply = Omit<Reply, 'reply' | 'calm'>;

/** Keeps what is to be answered, for a timer that is added with it. */
export async function insertReply(tx: Tx, one: NewReply, at: Date): Promise<void> {
  const { message, rule, guild, channel, author, words, deleted, deleteAfter } = one;
  await tx`
    insert into automod_replies
      (message_id, rule_id, guild_id, channel_id, author_id, words, deleted, delete_after, made_at)
    values (${message}, ${rule}, ${guild}, ${channel}, ${author}, ${words}, ${deleted}, ${deleteAfter}, ${at})
    on conflict do nothing`;
}

/** The answer as it stands, which is up to date from now on as far as it has not been changed since. */
export async function freshenReply(db: ISql, { message, rule }: ReplyKey): Promise<Reply | undefined> {
  const [one] = await db<Reply[]>`
    update automod_replies set stale = false where message_id = ${message} and rule_id = ${rule} returning ${columns(db)}`;
  return one;
}

export async function findReply(db: ISql, { message, rule }: ReplyKey): Promise<Reply | undefined> {
  const [one] = await db<Reply[]>`
    select ${columns(db)} from automod_replies where message_id = ${message} and rule_id = ${rule}`;
  return one;
}

/** Keeps which message says it. */
export async function placeReply(tx: Tx, { message, rule }: ReplyKey, reply: string): Promise<void> {
  await tx`
    update automod_replies set reply_id = ${reply} where message_id = ${message} and rule_id = ${rule}`;
}

/**
 * Keeps which of the rules that have answered to a message still hold of it. Says of which answers that is news, and no timer is under
 * way that says so.
 */
export async function changeReplies(
  tx: Tx,
  message: string,
  holding: readonly string[],
): Promise<readonly (ReplyKey & Pick<Reply, 'guild' | 'channel' | 'author'>)[]> {
  return await tx<(ReplyKey & Pick<Reply, 'guild' | 'channel' | 'author'>)[]>`
    with changed as (
      select message_id, rule_id, stale from automod_replies
      where message_id = ${message} and calm = (rule_id = any(${[...holding]}::text[]))
      for update
    ),
    done as (
      update automod_replies set calm = not calm, stale = true from changed
      where automod_replies.message_id = changed.message_id and automod_replies.rule_id = changed.rule_id
      returning automod_replies.*, changed.stale as under_way
    )
    select message_id::text as message, rule_id as rule, guild_id::text as guild, channel_id::text as channel,
      author_id::text as author
    from done where not under_way`;
}

/** The messages that were answered last, and since then. */
export async function answeredSince(db: ISql, since: Date, limit: number): Promise<readonly string[]> {
  const rows = await db<{ message: string }[]>`
    select message_id::text as message from automod_replies where made_at >= ${since}
    order by made_at desc limit ${limit}`;
  return rows.map(({ message }) => message);
}

/** The answer is gone. */
export async function deleteReply(tx: Tx, { message, rule }: ReplyKey): Promise<void> {
  await tx`delete from automod_replies where message_id = ${message} and rule_id = ${rule}`;
}
