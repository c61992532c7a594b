-- Who is banned, the latest first, as it is asked at each letter that is typed for /unban.
create index cases_banned on cases (guild_id, number desc) where type = 'ban' and state = 'done' and ended_at is null;
