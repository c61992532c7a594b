import type { APIMessage } from 'discord-api-types/v10';
import type { ArchivedText } from '../../db/archive.ts';
import { snowflakeTime } from '../../lib/snowflake.ts';

type Written = Pick<APIMessage, 'id' | 'channel_id' | 'author' | 'content' | 'attachments' | 'edited_timestamp'>;

/** What of a message the archive keeps. */
export function textOf(message: Written, guild: string): ArchivedText {
  const { id, channel_id: channel, author, content, attachments, edited_timestamp: edited } = message;
  return {
    ...{ kind: 'text', guild, channel, message: id, sent: snowflakeTime(id) },
    ...{ author: author.id, name: clean(author.username), body: clean(content) },
    files: attachments.map(({ id, filename, size, content_type: type }) => ({ id, name: clean(filename), size, type })),
    edited: edited ? Date.parse(edited) : null,
  };
}

/** Postgres takes no letter 0 and no half of a pair. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
