-- What rules only observed is counted by itself, and so is what there was no time for: of all rules together, the messages in which that was so.
-- What was counted before stays among the hits.
alter table automod_days
  add column observed bigint not null default 0,
  add column skipped  bigint not null default 0;
