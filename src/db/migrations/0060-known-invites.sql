-- How often the invitations of a server were used when they were last looked at, as JSON by their code: what was used since tells how somebody came.
create table known_invites (
  guild_id bigint      primary key,
  invites  jsonb       not null,
  read_at  timestamptz not null
);
