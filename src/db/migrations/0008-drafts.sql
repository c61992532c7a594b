-- What somebody has asked for and has yet to confirm: too long for a button's id. Dropped after a day.
create table drafts (
  id       uuid primary key,
  owner_id bigint      not null,
  kind     text        not null,
  body     jsonb       not null,
  made_at  timestamptz not null default now()
);

create index drafts_made on drafts (made_at);
create index drafts_owner on drafts (owner_id, made_at);
