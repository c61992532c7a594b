-- Since when people are in a server, counted from this version on, and when they left. Whoever comes again keeps the time they came first.
create table member_joins (
  guild_id  bigint      not null,
  member_id bigint      not null,
  joined_at timestamptz not null,
  left_at   timestamptz,
  primary key (guild_id, member_id)
);

create index member_joins_week on member_joins (guild_id, joined_at);
create index member_joins_age on member_joins (joined_at);
