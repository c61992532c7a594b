-- Which interaction asked for a case: who waits for an answer that was cut off is told how it stands, and not to ask again.
alter table cases add column asked_by bigint;
create index cases_asked on cases (asked_by) where asked_by is not null;
