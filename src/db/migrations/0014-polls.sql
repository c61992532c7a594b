-- Polls. `shown` is what the message says of the votes, so that whoever comes after a crash knows which to write anew.
-- `counts` and `voters` are kept when a poll ends; until then the votes are counted.
create table polls (
  id         bigint generated always as identity primary key,
  guild_id   bigint      not null,
  channel_id bigint      not null,
  message_id bigint,
  author_id  bigint      not null,
  question   text        not null,
  answers    text[]      not null,
  many       boolean     not null,
  anonymous  boolean     not null,
  created_at timestamptz not null default now(),
  ends_at    timestamptz not null,
  timer_id   bigint,
  shown      integer[],
  ended_at   timestamptz,
  ended_by   bigint,
  counts     integer[],
  voters     integer
);

create index polls_running on polls (guild_id, ends_at) where ended_at is null;
create index polls_ended on polls (ended_at) where ended_at is not null;

-- Who votes for what. `slot` is 0 where one answer may be chosen, so that another takes its place, and the answer itself
-- where many may be.
create table poll_votes (
  poll_id  bigint      not null references polls on delete cascade,
  user_id  bigint      not null,
  slot     smallint    not null,
  answer   smallint    not null,
  voted_at timestamptz not null default now(),
  primary key (poll_id, user_id, slot)
);
