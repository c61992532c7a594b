-- What people write in servers that keep it, a partition a month (`archived_messages_2026_11`), made by the bot when the first row of it
-- comes. `sent_at` is the time in the message's id. `files` is JSON: id, name, size, type; never the file, never its address.
-- `words` goes by no language: a server writes in several, and names and jargon stay what they are.
create table archived_messages (
  guild_id    bigint      not null,
  channel_id  bigint      not null,
  message_id  bigint      not null,
  sent_at     timestamptz not null,
  author_id   bigint      not null,
  author_name text        not null,
  body        text        not null,
  files       jsonb,
  edited_at   timestamptz,
  deleted_at  timestamptz,
  words       tsvector    generated always as (to_tsvector('simple', body)) stored,
  primary key (message_id, sent_at)
) partition by range (sent_at);

create index archived_messages_channel on archived_messages (channel_id, message_id);
create index archived_messages_guild on archived_messages (guild_id, message_id);
create index archived_messages_words on archived_messages using gin (words);

-- What messages said before they were changed at `edited_at`; by month, as above.
create table archived_edits (
  guild_id   bigint      not null,
  channel_id bigint      not null,
  message_id bigint      not null,
  sent_at    timestamptz not null,
  edited_at  timestamptz not null,
  body       text        not null,
  primary key (message_id, sent_at, edited_at)
) partition by range (sent_at);

create index archived_edits_channel on archived_edits (channel_id, message_id);

-- Of which channels, threads included, something is kept, and for how many days.
create table archived_channels (
  guild_id   bigint  not null,
  channel_id bigint  not null,
  days       integer not null,
  primary key (guild_id, channel_id)
);

-- Whose messages no archive keeps, in whatever server.
create table archive_opt_outs (
  user_id bigint      primary key,
  since   timestamptz not null
);
