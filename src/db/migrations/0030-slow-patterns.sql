-- Patterns that go back and took too long with a message. After three times they are run no more, in any process.
create table slow_patterns (
  id             bigint generated always as identity primary key,
  guild_id       bigint      not null,
  source         text        not null,
  ignore_case    boolean     not null,
  overruns       integer     not null,
  last_at        timestamptz not null,
  quarantined_at timestamptz
);
-- A pattern may be longer than a key can be.
create unique index slow_patterns_pattern on slow_patterns (guild_id, ignore_case, md5(source));
create index slow_patterns_last on slow_patterns (last_at);
