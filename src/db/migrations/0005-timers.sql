-- What falls due later: reminders, scheduled posts, ends of polls. One row a timer; one that comes again and again keeps
-- its row, and `occurrence` counts. `due_at` is when it falls due, `wake_at` when somebody has to look at it next: later
-- than that after a try that failed. `claim_token` grows with every claim and every change, so that whoever was overtaken
-- cannot write. `tried_at` is when the first try of this occurrence began: since then its message may be there.
create table timers (
  id            bigint generated always as identity primary key,
  kind          text        not null,
  owner_id      bigint      not null,
  guild_id      bigint,
  channel_id    bigint,
  payload       jsonb       not null,
  due_at        timestamptz not null,
  wall          text,
  zone          text        not null,
  recurrence    jsonb,
  occurrence    integer     not null default 0,
  wake_at       timestamptz not null,
  claim_token   bigint      not null default 0,
  claimed_by    text,
  claimed_until timestamptz,
  tried_at      timestamptz,
  attempts      integer     not null default 0,
  last_error    text,
  created_at    timestamptz not null default now(),
  done_at       timestamptz,
  outcome       text
);

create index timers_due on timers (wake_at) where done_at is null and claimed_until is null;
create index timers_claimed on timers (claimed_until) where claimed_until is not null;
create index timers_owner on timers (owner_id, kind, due_at) where done_at is null;
create index timers_guild on timers (guild_id, kind, due_at) where done_at is null;
create index timers_done on timers (done_at) where done_at is not null;
