-- Which roles people have, in servers that give them back to whoever leaves and comes again. `left_at` is when they left.
create table member_roles (
  guild_id bigint      not null,
  user_id  bigint      not null,
  roles    bigint[]    not null,
  left_at  timestamptz,
  primary key (guild_id, user_id)
);

create index member_roles_left on member_roles (left_at) where left_at is not null;
