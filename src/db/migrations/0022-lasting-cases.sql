-- For lists of what lasts at the moment, also in servers with hundreds of thousands of cases.
create index cases_lasting on cases (guild_id, type, until) where state = 'done' and ended_at is null;
