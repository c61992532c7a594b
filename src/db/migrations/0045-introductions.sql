-- To which servers the bot has introduced itself, and since when it was there: coming again is another join.
create table introductions (
  guild_id  bigint      primary key,
  joined_at timestamptz not null
);
