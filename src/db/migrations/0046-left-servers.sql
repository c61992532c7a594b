-- What a server leaves behind is found by the server when it was left for long.
create index timers_server on timers (guild_id) where guild_id is not null;
create index polls_server on polls (guild_id);
create index automod_alerts_server on automod_alerts (guild_id);
create index automod_alert_cases_server on automod_alert_cases (guild_id);
create index automod_list_versions_server on automod_list_versions (guild_id);
