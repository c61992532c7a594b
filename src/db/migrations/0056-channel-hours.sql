-- How many messages were written in a channel in each hour (UTC), threads being channels of their own. Bounded and expired by the cleanup job.
create table channel_hours (
  guild_id   bigint   not null,
  channel_id bigint   not null,
  day        date     not null,
  hour       smallint not null,
  messages   bigint   not null,
  primary key (guild_id, channel_id, day, hour)
);

create index channel_hours_age on channel_hours (day);
