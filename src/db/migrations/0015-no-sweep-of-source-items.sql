-- What has left a source is forgotten when the source is read, and no longer looked for in all of them.
drop index source_items_seen;
