-- What is followed outside: a feed or a repository is one source, however many channels follow it, and is asked once for
-- all of them. `check_at` is when next, `every_s` the pace. `etag`, `modified` and `content_hash` are what it was when it
-- was last read (`read_at`); `checked_at` is when it last answered at all.
create table sources (
  id            bigint generated always as identity primary key,
  kind          text        not null,
  address       text        not null,
  title         text        not null,
  home          text,
  etag          text,
  modified      text,
  content_hash  text,
  check_at      timestamptz not null,
  every_s       integer     not null,
  checked_at    timestamptz,
  read_at       timestamptz,
  failures      integer     not null default 0,
  failing_since timestamptz,
  failure       text,
  unique (kind, address)
);

create index sources_due on sources (check_at);

-- A channel that follows a source. `sorts` is what of it, null for everything. While it is paused nothing is posted.
create table follows (
  id         bigint generated always as identity primary key,
  source_id  bigint      not null references sources on delete cascade,
  guild_id   bigint      not null,
  channel_id bigint      not null,
  role_id    bigint,
  sorts      text[],
  owner_id   bigint      not null,
  created_at timestamptz not null,
  paused_at  timestamptz,
  paused     text,
  unique (source_id, channel_id)
);

create index follows_guild on follows (guild_id, id);

-- By what the items of a source are known again. `seen_at` is when they last stood in it: those that do when it is read
-- have that time, and are kept as long as they do.
create table source_items (
  source_id bigint      not null references sources on delete cascade,
  key       text        not null,
  seen_at   timestamptz not null,
  primary key (source_id, key)
);

create index source_items_seen on source_items (seen_at);
