-- That an account did more in a short time than its server lets one do. One is open at a time for each, and its rank is frozen so
-- long; where nobody could be frozen, as the bot, it is closed at once. Cases made from `since` on, with numbers above
-- `undone_to`, are what can be taken back.
create table brakes (
  id         uuid        primary key,
  guild_id   bigint      not null,
  actor_id   bigint      not null,
  actor_name text        not null,
  what       text        not null,
  since      timestamptz not null,
  made_at    timestamptz not null,
  owner_told text        check (owner_told in ('yes', 'closed')),
  undone_to  integer     not null default 0,
  lifted_at  timestamptz,
  lifted_by  bigint
);

create unique index brakes_open on brakes (guild_id, actor_id) where lifted_at is null;
create index brakes_lifted on brakes (guild_id, actor_id, lifted_at);

alter table mass_runs add column begun_at timestamptz, add column seconded_by bigint;

-- To count what somebody did lately, whenever they do something.
create index cases_lately on cases (guild_id, actor_id, created_at);
create index mass_runs_lately on mass_runs (guild_id, actor_id, begun_at);
