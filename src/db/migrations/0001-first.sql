-- Settings: one row per server and area. `version` counts the changes, so that two people cannot overwrite each other.
create table settings (
  guild_id   bigint      not null,
  area       text        not null,
  value      jsonb       not null,
  version    integer     not null default 1,
  changed_by bigint,
  changed_at timestamptz not null default now(),
  primary key (guild_id, area)
);

-- Who changed what and when; `value` is the whole area after the change.
create table settings_history (
  id         bigint generated always as identity primary key,
  guild_id   bigint      not null,
  area       text        not null,
  version    integer     not null,
  value      jsonb       not null,
  changed_by bigint,
  changed_at timestamptz not null default now()
);

create index settings_history_area on settings_history (guild_id, area, version desc);
create index settings_history_age on settings_history (changed_at);

-- Scheduled jobs: when each last ran and runs next, and which process may run it now. `lease_token` grows with every
-- claim, so that a process whose lease ran out cannot write over its successor's.
create table jobs (
  name             text primary key,
  next_at          timestamptz,
  last_started_at  timestamptz,
  last_ended_at    timestamptz,
  last_outcome     text,
  last_error       text,
  lease_owner      text,
  lease_token      bigint not null default 0,
  lease_expires_at timestamptz
);

create table job_runs (
  id         bigint generated always as identity primary key,
  job        text        not null,
  owner      text        not null,
  due_at     timestamptz not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  outcome    text        not null,
  attempts   integer     not null,
  error      text
);

create index job_runs_job on job_runs (job, id desc);
create index job_runs_age on job_runs (ended_at);

-- Message activity: what each member wrote in each channel on each day (UTC).
create table activity (
  guild_id   bigint  not null,
  member_id  bigint  not null,
  channel_id bigint  not null,
  day        date    not null,
  messages   integer not null,
  words      bigint  not null,
  links      integer not null,
  mentions   integer not null,
  primary key (guild_id, member_id, channel_id, day)
);
