-- Who is away in which server, and why. `set_at` is when the person last said so, by Discord's clock: what they wrote
-- before that does not end it. `links` are the last messages in which somebody mentioned them, as `channel/message`.
create table afk (
  guild_id bigint      not null,
  user_id  bigint      not null,
  reason   text        not null,
  since    timestamptz not null,
  set_at   timestamptz not null,
  until    timestamptz,
  mentions integer     not null default 0,
  links    text[]      not null default '{}',
  primary key (guild_id, user_id)
);

create index afk_age on afk (coalesce(until, set_at));
