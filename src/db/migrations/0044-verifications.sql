-- Who has been asked whether they are a person, and what they have to answer. A question is answered once: then `challenge` is empty.
create table verifications (
  guild_id     bigint      not null,
  member_id    bigint      not null,
  challenge    uuid,
  solution     text,
  asked_at     timestamptz not null,
  failures     integer     not null default 0,
  barred_until timestamptz,
  verified_at  timestamptz,
  primary key (guild_id, member_id)
);
