-- Who wants all that is kept of them deleted, until that is done. The id is what the timer that does it knows.
create table privacy_deletions (
  id       uuid        primary key,
  user_id  bigint      not null unique,
  locale   text        not null,
  asked_at timestamptz not null
);

-- What people do not want to be counted in, beside the archive, which has its own table.
create table opt_outs (
  user_id bigint      not null,
  what    text        not null check (what in ('levels', 'stats')),
  since   timestamptz not null,
  primary key (user_id, what)
);

-- All that somebody wrote, in whatever server.
create index archived_messages_person on archived_messages (author_id);
