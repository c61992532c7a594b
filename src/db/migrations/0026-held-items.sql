-- Items whose case was ordered without a timer, so that their run can name it to Discord before it acts: the run does them itself.
alter table mass_items add column held boolean not null default false;
