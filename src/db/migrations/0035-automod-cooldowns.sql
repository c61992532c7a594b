-- What rules have done and do not do again for a while, where that is long enough to outlast a start of the bot.
create table automod_cooldowns (
  key        text        primary key,
  cool_until timestamptz not null
);

create index automod_cooldowns_until on automod_cooldowns (cool_until);
