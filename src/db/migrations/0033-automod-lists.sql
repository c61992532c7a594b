-- Lists of terms and of domains that servers keep for their rules. What a list holds is a version, which never changes; its text,
-- an entry a line, stands in parts, so that none is large.
create table automod_list_versions (
  version  bigint  generated always as identity primary key,
  guild_id bigint  not null,
  kind     text    not null,
  entries  integer not null,
  -- UTF-16 units of what is compared, and bytes of the text.
  letters  integer not null,
  size     integer not null
);

create table automod_list_parts (
  version bigint  not null references automod_list_versions on delete cascade,
  part    integer not null,
  bytes   bytea   not null,
  primary key (version, part)
);

create table automod_lists (
  guild_id bigint not null,
  name     text   not null,
  version  bigint not null references automod_list_versions,
  primary key (guild_id, name)
);

-- Who changed which list and when; nothing before a new one, nothing after one that was taken away. Versions of old changes may be gone.
create table automod_list_changes (
  id         bigint      generated always as identity primary key,
  guild_id   bigint      not null,
  name       text        not null,
  before     bigint,
  after      bigint,
  changed_by bigint,
  changed_at timestamptz not null default now(),
  -- The change that was taken back by this one.
  undoes     bigint
);

create index automod_list_changes_list on automod_list_changes (guild_id, name, id);
