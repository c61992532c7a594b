-- What finds words that are spelled nearly the same. The extension comes with Postgres, but not every server lets the bot switch it on; it does
-- without then, and tries anew at each start.
do $$ begin
  create extension if not exists pg_trgm;
  create index archived_messages_like on archived_messages using gin (body gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise notice 'pg_trgm is not to be had here';
end $$;
