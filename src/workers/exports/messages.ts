import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Content } from './layout.ts';

interface File {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type?: string | undefined;
}

/** A message as the database gives it. */
export interface MessageRow {
  readonly message_id: string;
  readonly channel_id: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly body: string;
  readonly files: readonly File[] | null;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
  readonly earlier: readonly { readonly until: string; readonly body: string }[] | null;
}

/** Messages with the names of their channels, as far as those are known. */
export function messages(channels: ReadonlyMap<string, string>): Content<MessageRow> {
  return {
    columns: [
      ...['id', 'sentAt', 'channel', 'channelName', 'author', 'authorName'],
      ...['text', 'files', 'editedAt', 'deletedAt', 'earlier'],
    ],
    record: (row) => ({
      id: row.message_id,
      sentAt: momentOf(row.message_id).toISOString(),
      channel: row.channel_id,
      channelName: channels.get(row.channel_id) ?? null,
      author: row.author_id,
      authorName: row.author_name,
      text: row.body,
      files: row.files,
      editedAt: row.edited_at,
      deletedAt: row.deleted_at,
      earlier: row.earlier,
    }),
  };
}

/** When a message was sent, by its id. */
export function momentOf(message: string): Date {
  return new Date(snowflakeTime(message));
}
