-- What other services answered, as far as it was of use, and how to ask them whether it still holds: an answer that
-- has not changed costs them nothing and does not count against us. Bounded and expired by the cleanup job.
create table http_cache (
  key         text        primary key,
  etag        text,
  modified    text,
  body        text        not null,
  fresh_until timestamptz not null,
  kept_at     timestamptz not null
);

create index http_cache_kept on http_cache (kept_at);
