-- What rules have done about messages: once for each of both, however often a message is judged.
create table automod_deeds (
  message_id bigint      not null,
  rule_id    text        not null,
  guild_id   bigint      not null,
  done_at    timestamptz not null,
  primary key (message_id, rule_id)
);

create index automod_deeds_done on automod_deeds (done_at);

-- What rules have answered to messages. `calm`: the message has been changed, and the rule does not hold any more. `stale`: a timer
-- is under way that brings the answer up to date.
create table automod_replies (
  message_id  bigint      not null,
  rule_id     text        not null,
  guild_id    bigint      not null,
  channel_id  bigint      not null,
  author_id   bigint      not null,
  words       text        not null,
  deleted     boolean     not null,
  delete_after integer,
  reply_id    bigint,
  calm        boolean     not null default false,
  stale       boolean     not null default true,
  made_at     timestamptz not null,
  primary key (message_id, rule_id)
);

create index automod_replies_made on automod_replies (made_at);

-- What moderators were told of messages that rules hold of. `turn` counts what was done about it by their buttons.
create table automod_alerts (
  id          uuid        primary key,
  guild_id    bigint      not null,
  channel_id  bigint      not null,
  message_id  bigint      not null,
  author_id   bigint      not null,
  author_name text        not null,
  rules       jsonb       not null,
  text        text        not null,
  spans       jsonb       not null,
  files       jsonb       not null,
  found       jsonb       not null,
  did         jsonb       not null,
  copies      integer     not null,
  untold      integer     not null,
  case_number integer,
  buttons     boolean     not null,
  place_id    bigint      not null,
  posted_id   bigint,
  turn        integer     not null default 0,
  made_at     timestamptz not null
);

create index automod_alerts_made on automod_alerts (made_at);

create table automod_alert_deeds (
  alert_id uuid        not null references automod_alerts on delete cascade,
  turn     integer     not null,
  what     text        not null,
  by_id    bigint      not null,
  at       timestamptz not null,
  primary key (alert_id, turn)
);
