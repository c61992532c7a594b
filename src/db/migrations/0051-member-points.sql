-- The points that members have for what they write. `earned_at` is when the last ones that were stored together began to be earned,
-- `next_at` from when on more can be: nothing where the server lets no time pass between them.
create table member_points (
  guild_id  bigint      not null,
  member_id bigint      not null,
  points    bigint      not null,
  earned_at timestamptz,
  next_at   timestamptz,
  primary key (guild_id, member_id)
);

create index member_points_rank on member_points (guild_id, points desc, member_id);
