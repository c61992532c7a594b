-- Answers that people were promised ("thinking…") and have not been given yet, so that they hear of it when the process
-- that works on one is gone. Its owner says over and over that it lives (`held_until`); Discord takes answers until
-- `ends_at`. Rows live for seconds: the table is almost always empty.
create table promised_answers (
  interaction_id bigint      primary key,
  application_id bigint      not null,
  token          text        not null,
  label          text        not null,
  locale         text        not null,
  updates        boolean     not null,
  owner          uuid        not null,
  held_until     timestamptz not null,
  ends_at        timestamptz not null
);

create index promised_answers_owner on promised_answers (owner);
