-- Clusters of accounts that joined a server together. `alike` says how many share what; the names are what the accounts were called
-- when they joined.
create table raids (
  id        uuid        primary key,
  guild_id  bigint      not null,
  alike     jsonb       not null,
  began_at  timestamptz not null,
  last_at   timestamptz not null,
  place_id  bigint,
  posted_id bigint
);

create index raids_server on raids (guild_id, last_at);

create table raid_members (
  raid_id   uuid        not null references raids on delete cascade,
  user_id   bigint      not null,
  name      text        not null,
  shown     text        not null,
  avatar    text        not null,
  joined_at timestamptz not null,
  primary key (raid_id, user_id)
);
