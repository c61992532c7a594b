-- What was done to keep order: one row an action, numbered by server without gaps. A case is made before anything is done
-- (`pending`), together with the timer that does it, and is then `done` or `void`. `data` is what the action needs and what
-- is to be given back; `until` is when its effect ends, `ended_at` when that was over, `end_timer` what ends it. `heard`:
-- whoever ordered it has been shown how it went. `told`: whether the member got the message about it.
create table cases (
  guild_id    bigint      not null,
  number      integer     not null,
  type        text        not null,
  target_id   bigint      not null,
  target_name text        not null,
  actor_id    bigint,
  actor_name  text        not null,
  reason      text,
  source      text        not null,
  silent      boolean     not null default false,
  created_at  timestamptz not null,
  until       timestamptz,
  points      integer     not null default 0,
  state       text        not null default 'pending' check (state in ('pending', 'done', 'void')),
  settled_at  timestamptz,
  void_reason jsonb,
  voided_by   bigint,
  ended_at    timestamptz,
  end_timer   bigint,
  hidden      boolean     not null default false,
  heard       boolean     not null default false,
  told        text        check (told in ('yes', 'closed', 'no')),
  evidence    jsonb       not null default '[]',
  data        jsonb       not null default '{}',
  log_channel bigint,
  log_message bigint,
  audit_id    bigint,
  primary key (guild_id, number),
  unique (guild_id, audit_id)
);

create index cases_target on cases (guild_id, target_id, number desc);
create index cases_actor on cases (guild_id, actor_id, number desc);
create index cases_type on cases (guild_id, type, number desc);
create index cases_pending on cases (guild_id, target_id, number) where state = 'pending';
create index cases_reason on cases using gin (to_tsvector('simple', coalesce(reason, '')));

-- The last number given in each server. A transaction that fails gives its numbers back with the row.
create table case_numbers (
  guild_id bigint  primary key,
  last     integer not null
);

-- What was noted and changed afterwards.
create table case_events (
  id       bigint      generated always as identity primary key,
  guild_id bigint      not null,
  number   integer     not null,
  at       timestamptz not null,
  by_id    bigint,
  kind     text        not null,
  before   text,
  after    text,
  foreign key (guild_id, number) references cases on delete cascade
);

create index case_events_case on case_events (guild_id, number, id);

-- With what a timer takes its turn, where that is neither its channel nor its owner.
alter table timers add column place_id bigint;
