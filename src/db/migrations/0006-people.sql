-- What a person has told the bot of themselves, in every server the same.
create table people (
  user_id   bigint primary key,
  time_zone text
);
