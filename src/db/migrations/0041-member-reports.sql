-- What members report to those who moderate. `number` counts from 1 in each server; `body` is JSON, as text: strangers write what
-- jsonb does not take. `reporter_id` is shown to the server's owner alone, unless the server says otherwise.
create table member_reports (
  id          uuid        primary key,
  guild_id    bigint      not null,
  number      integer     not null,
  reporter_id bigint      not null,
  locale      text        not null,
  body        text        not null,
  state       text        not null default 'open',
  handler_id  bigint,
  place_id    bigint,
  posted_id   bigint,
  made_at     timestamptz not null,
  unique (guild_id, number)
);

create index member_reports_reporter on member_reports (guild_id, reporter_id, made_at);

-- What moderators and the reporter write to each other through the bot. `trouble`: it could not be delivered.
create table member_report_letters (
  id        uuid        primary key,
  report_id uuid        not null references member_reports on delete cascade,
  moderator bigint,
  text      text        not null,
  trouble   boolean     not null default false,
  made_at   timestamptz not null
);

create index member_report_letters_report on member_report_letters (report_id, made_at);
