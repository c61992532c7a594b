-- How far each server's audit log has been read, for what is done in Discord itself: what came after while the bot was away is
-- made up for from there.
create table audit_seen (
  guild_id bigint primary key,
  entry_id bigint not null
);
