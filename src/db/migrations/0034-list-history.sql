-- The history of lists is looked through by age, and by server for what is too much of it.
create index automod_list_changes_age on automod_list_changes (changed_at);
create index automod_list_changes_guild on automod_list_changes (guild_id, id);
