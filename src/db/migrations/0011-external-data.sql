-- What is fetched from elsewhere now and then and kept whole: lists of dangerous domains, the pages of /tldr. A row says
-- which version is there, the last good one; its bytes stand in parts, so that none is large.
create table external_data (
  name       text        primary key,
  url        text        not null,
  etag       text,
  modified   text,
  -- 0: none has been had yet.
  version    bigint      not null default 0,
  entries    integer     not null default 0,
  size       integer     not null default 0,
  changed_at timestamptz,
  -- When it was last known to be what is there now.
  checked_at timestamptz,
  -- Why it could not be had the last time.
  failure    text
);

create sequence external_data_versions;

create table external_data_parts (
  name    text    not null,
  version bigint  not null,
  part    integer not null,
  bytes   bytea   not null,
  primary key (name, version, part)
);
