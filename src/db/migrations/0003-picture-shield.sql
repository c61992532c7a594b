-- Pictures that a server's moderators have blocked, by perceptual hash (64 bits as hexadecimal digits), so that
-- look-alikes are found. `revision` grows with every change of the list, in every process that shares the database.
create table blocked_pictures (
  id         bigint generated always as identity primary key,
  guild_id   bigint      not null,
  hash       text        not null,
  sha256     text        not null,
  name       text        not null,
  blocked_by bigint      not null,
  blocked_at timestamptz not null default now(),
  unique (guild_id, hash)
);

create index blocked_pictures_file on blocked_pictures (guild_id, sha256);

create table blocked_pictures_revision (
  one      boolean primary key default true check (one),
  revision bigint  not null default 0
);

insert into blocked_pictures_revision (revision) values (0);
