-- What is to be written into channels of what happens in servers, until it stands there. `place` is the order within a server;
-- `body` is JSON, as text: strangers write what jsonb does not take.
create table log_entries (
  guild_id   bigint      not null,
  place      bigint      not null,
  channel_id bigint      not null,
  made_at    timestamptz not null,
  body       text        not null,
  primary key (guild_id, place)
);

create index log_entries_made on log_entries (made_at);

-- What messages said, for servers that want to know it of those that are changed or deleted. Of no use after `until`.
create table kept_messages (
  message_id bigint      primary key,
  guild_id   bigint      not null,
  until      timestamptz not null,
  body       text        not null
);

create index kept_messages_until on kept_messages (until);
