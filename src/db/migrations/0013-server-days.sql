-- What is counted of a server day by day (UTC): joins, leaves, messages of each hour, what the bot has done. A new thing to
-- count is a new `what`. Bounded and expired by the cleanup job.
create table server_days (
  guild_id bigint  not null,
  day      date    not null,
  what     text    not null,
  amount   bigint  not null,
  primary key (guild_id, day, what)
);

create index server_days_day on server_days (day);
create index activity_day on activity (guild_id, day);

-- What a server is owed by itself (its owner is the server): the same thing falls due once at a time, whoever adds it.
create unique index timers_owed on timers (kind, guild_id, due_at) where owner_id = guild_id and recurrence is null;
