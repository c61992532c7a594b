-- What somebody looked for among the members of a server, and who was found, in the order that was asked for: its pages are turned
-- also after a restart.
create table member_searches (
  id       uuid        primary key,
  guild_id bigint      not null,
  owner_id bigint      not null,
  sought   jsonb       not null,
  ids      bigint[]    not null,
  made_at  timestamptz not null default now()
);

create index member_searches_owner on member_searches (owner_id, made_at);
create index member_searches_made on member_searches (made_at);
