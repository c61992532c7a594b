-- To find what is too old, in whatever server. It is added up in one row a member and server: channel 0, day 1970-01-01.
create index activity_age on activity (day);

-- Servers that the bot is no longer in, since when that is known.
create table left_servers (
  guild_id bigint      primary key,
  left_at  timestamptz not null
);
