-- What is done to many at once, and how far it is: a run and its items. A run is shown first (`asked`), then a timer works
-- its items off in batches; `outcome` is empty until one is settled. `case_number` is set before anything is done to an item.
create table mass_runs (
  id           uuid        primary key,
  guild_id     bigint      not null,
  kind         text        not null,
  actor_id     bigint      not null,
  actor_name   text        not null,
  channel_id   bigint      not null,
  message_id   bigint,
  spec         jsonb       not null,
  case_number  integer,
  state        text        not null check (state in ('asked', 'running', 'done', 'stopped')),
  cancelled_by bigint,
  why          jsonb,
  created_at   timestamptz not null,
  finished_at  timestamptz
);

create index mass_runs_age on mass_runs (created_at);

create table mass_items (
  run_id      uuid    not null references mass_runs on delete cascade,
  place       integer not null,
  target_id   bigint  not null,
  name        text    not null,
  note        text,
  case_number integer,
  outcome     text    check (outcome in ('done', 'already', 'refused')),
  why         jsonb,
  primary key (run_id, place)
);

create index mass_items_open on mass_items (run_id, place) where outcome is null;
