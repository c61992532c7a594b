-- The cases that rules have led to, by what alerts are about: a message, or a flood with all who take part in it, also later.
create table automod_alert_cases (
  group_id uuid        not null,
  number   integer     not null,
  guild_id bigint      not null,
  pardoned boolean     not null default false,
  made_at  timestamptz not null,
  primary key (group_id, number)
);

create index automod_alert_cases_made on automod_alert_cases (made_at);

alter table automod_alerts add column group_id uuid, add column webhook boolean not null default false;
update automod_alerts set group_id = id;
insert into automod_alert_cases (group_id, number, guild_id, pardoned, made_at)
  select id, case_number, guild_id, exists (select from automod_alert_deeds where alert_id = id and what = 'pardon'), made_at
  from automod_alerts where case_number is not null;
alter table automod_alerts alter column group_id set not null, drop column case_number;
create index automod_alerts_group on automod_alerts (group_id);
