-- Items of a run that Discord's route for many did not take: each is done by itself, and not asked for there again.
alter table mass_items add column alone boolean not null default false;
