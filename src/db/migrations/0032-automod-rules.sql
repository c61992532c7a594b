-- What servers want done with which messages. The version grows with every change of a server's rules, or of the lists they name.
create table automod_rule_sets (
  guild_id bigint  primary key,
  version  integer not null
);

-- One row a rule, looked at in the order of their places. Kept as it is written: it is parsed when it is needed, and by threads.
create table automod_rules (
  guild_id bigint  not null,
  id       text    not null,
  place    integer not null,
  rule     json    not null,
  primary key (guild_id, id)
);

-- Who changed what and when; all that one change did to a rule each. What was taken back says by which change.
create table automod_rule_changes (
  guild_id   bigint      not null,
  version    integer     not null,
  rule_id    text        not null,
  before     json,
  after      json,
  place      integer     not null,
  changed_by bigint,
  changed_at timestamptz not null default now(),
  undoes     integer,
  primary key (guild_id, version, rule_id)
);

create index automod_rule_changes_age on automod_rule_changes (changed_at);
