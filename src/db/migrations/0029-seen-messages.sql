-- In which channel all messages are dealt with up to which one, for servers that have rules: what came later was missed, or is
-- judged once more after a crash. Channel 0 stands for all that have no row of their own.
create table seen_messages (
  guild_id   bigint not null,
  channel_id bigint not null,
  last_id    bigint not null,
  primary key (guild_id, channel_id)
);

-- What rules did, day by day (UTC). The row without a rule counts what was judged at all.
create table automod_days (
  guild_id bigint not null,
  day      date   not null,
  rule_id  text   not null,
  messages bigint not null,
  hits     bigint not null,
  us       bigint not null,
  primary key (guild_id, day, rule_id)
);

create index automod_days_day on automod_days (day);
