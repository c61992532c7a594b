-- What is looked for without a word, or with one that many messages have: by author, and what few messages are.
create index archived_messages_author on archived_messages (guild_id, author_id, message_id);
create index archived_messages_files on archived_messages (guild_id, message_id) where files is not null;
create index archived_messages_edited on archived_messages (guild_id, message_id) where edited_at is not null;
create index archived_messages_deleted on archived_messages (guild_id, message_id) where deleted_at is not null;
