-- What came lately of something is far smaller than what is kept of it: since when, what it was the last time (a hash), and
-- how often in a row it was just that. It is believed after a while.
alter table external_data
  add column smaller_since timestamptz,
  add column smaller_hash  text,
  add column smaller_times integer not null default 0;
