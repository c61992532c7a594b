-- Whose warning led to what the server's rules did: the step of the ladder counts for them as if they had ordered it.
alter table cases add column led_by bigint;

create index cases_led on cases (guild_id, led_by, created_at) where led_by is not null;
