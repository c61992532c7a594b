-- Since when whoever joins a server is looked for after the bot was away: up to then all has been done for who had joined.
create table join_watches (
  guild_id bigint      primary key,
  since    timestamptz not null
);

-- Who has joined lately, and been seen: for each joining all is arranged once, however many hear of it.
create table seen_joins (
  guild_id  bigint      not null,
  user_id   bigint      not null,
  joined_at timestamptz not null,
  primary key (guild_id, user_id)
);

create index seen_joins_joined on seen_joins (joined_at);
