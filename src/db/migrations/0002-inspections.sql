-- What files were found to be, so that the same file costs once: by content, and by what else the answer depends on
-- (`variant`: name, claimed type, limits). `deaths` counts threads that did not survive opening it. Bounded and expired
-- by the cleanup job.
create table inspections (
  sha256     text        not null,
  variant    text        not null,
  version    integer     not null,
  report     jsonb,
  deaths     integer     not null default 0,
  expires_at timestamptz not null,
  primary key (sha256, variant)
);

create index inspections_expiry on inspections (expires_at);

-- Files that somebody may still ask something of by a button: where they are and who asked first.
create table inspected_files (
  id         bigint generated always as identity primary key,
  sha256     text        not null,
  name       text        not null,
  url        text        not null,
  asked_by   bigint      not null,
  expires_at timestamptz not null
);

create index inspected_files_expiry on inspected_files (expires_at);
