-- What was done to those of a raid, and whether it was taken back. `guard` is what keeps more of them out, for how long, and whose doing
-- its end was.
alter table mass_runs add column raid_id uuid references raids on delete set null;
create index mass_runs_raid on mass_runs (raid_id) where raid_id is not null;
alter table mass_items add column undone boolean not null default false;
alter table raids add column guard jsonb;
