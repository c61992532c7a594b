-- Reminders that were set before channels were spared: what comes more than once an hour is for its owner alone.
update timers set payload = payload || '{"where": "dm"}', channel_id = null
where kind = 'reminder' and done_at is null and recurrence -> 'rule' ->> 'kind' = 'interval'
  and jsonb_typeof(recurrence -> 'rule' -> 'minutes') = 'number' and recurrence -> 'rule' -> 'minutes' < '60'::jsonb;
