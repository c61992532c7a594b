-- Jobs can be paused, in all processes, until somebody lets them go on, and run by hand; who did so is kept.
alter table jobs
  add column claimed_at timestamptz,
  add column paused_at  timestamptz,
  add column paused_by  bigint;

alter table job_runs add column asked_by bigint;
