import type { Config } from '../../config.ts';
import { foldOldActivity } from '../../db/activity.ts';
import { deleteOldAfk } from '../../db/afk.ts';
import { deleteListChangesBeyond, deleteOldListChanges, deleteRuleChangesBeyond } from '../../db/automod-history.ts';
import { databaseError } from '../../db/away.ts';
import type { Db } from '../../db/connect.ts';
import { keptAnswersBeyond } from '../../db/http-cache.ts';
import { inspectionsBeyond } from '../../db/inspections.ts';
import { deleteLeftServers, leftRowsOf } from '../../db/left-servers.ts';
import { deleteEndedVotes } from '../../db/poll-votes.ts';
import { deleteEndedPolls, deleteForgottenPolls } from '../../db/polls.ts';
import { deletePromises } from '../../db/promised-answers.ts';
import { SERVER_TABLES } from '../../db/server-tables.ts';
import { delay } from '../../lib/deadline.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { inSteps } from '../../lib/steps.ts';
import { defineJob } from '../job.ts';
import { oldestOf, type Sweep, sweep, sweepConnection } from '../sweep.ts';

/** Kept at most, the latest: most are a few kilobytes, those of noisy pictures over a hundred. */
const MOST_INSPECTIONS = { rows: 100_000, bytes: 1_000_000_000 };

/** The same, of at most 32 KB each. */
const MOST_ANSWERS = 5_000;

/** What has a date after which nobody needs it, one line each. */
const SWEEPS: readonly Sweep[] = [
  { what: 'job runs', days: 30, drop: oldestOf('job_runs', 'ended_at') },
  { what: 'settings changes', days: 365, drop: oldestOf('settings_history', 'changed_at') },
  { what: 'changes of rules', days: 365, drop: oldestOf('automod_rule_changes', 'changed_at') },
  { what: 'changes of rules beyond the latest', days: 0, drop: deleteRuleChangesBeyond },
  { what: 'changes of lists', days: 365, drop: deleteOldListChanges },
  { what: 'changes of lists beyond the latest', days: 0, drop: deleteListChangesBeyond },
  { what: 'timers', days: 30, drop: oldestOf('timers', 'done_at') },
  {
    what: 'inspections',
    days: 0,
    beyond: (db) => inspectionsBeyond(db, MOST_INSPECTIONS),
    drop: oldestOf('inspections', 'expires_at'),
  },
  { what: 'inspected files', days: 0, drop: oldestOf('inspected_files', 'expires_at') },
  { what: 'absences', days: 365, drop: deleteOldAfk },
  {
    what: 'kept answers',
    days: 7,
    beyond: (db) => keptAnswersBeyond(db, MOST_ANSWERS),
    drop: oldestOf('http_cache', 'kept_at'),
  },
  { what: 'daily counts', days: 400, drop: oldestOf('server_days', 'day') },
  { what: 'hours of channels', days: 400, drop: oldestOf('channel_hours', 'day') },
  { what: 'joins of members', days: 400, drop: oldestOf('member_joins', 'joined_at') },
  { what: 'daily counts of rules', days: 400, drop: oldestOf('automod_days', 'day') },
  // First the votes, of which a poll may have more than can be deleted with it at a time.
  { what: 'votes', days: 90, drop: deleteEndedVotes },
  { what: 'polls', days: 90, drop: deleteEndedPolls },
  { what: 'polls that nothing ends', days: 1, drop: deleteForgottenPolls },
  { what: 'things done to many', days: 90, drop: oldestOf('mass_runs', 'created_at') },
  { what: 'drafts', days: 1, drop: oldestOf('drafts', 'made_at') },
  { what: 'searches of members', days: 1, drop: oldestOf('member_searches', 'made_at') },
  { what: 'cooldowns of rules', days: 0, drop: oldestOf('automod_cooldowns', 'cool_until') },
  { what: 'deeds of rules', days: 30, drop: oldestOf('automod_deeds', 'done_at') },
  { what: 'answers of rules', days: 30, drop: oldestOf('automod_replies', 'made_at') },
  { what: 'kept messages', days: 0, drop: oldestOf('kept_messages', 'until') },
  { what: 'who joined lately', days: 10, drop: oldestOf('seen_joins', 'joined_at') },
  { what: 'roles kept', days: 365, drop: oldestOf('member_roles', 'left_at') },
  { what: 'entries of event logs', days: 2, drop: oldestOf('log_entries', 'made_at') },
  { what: 'raids', days: 180, drop: oldestOf('raids', 'last_at') },
  { what: 'alerts', days: 180, drop: oldestOf('automod_alerts', 'made_at') },
  { what: 'cases of alerts', days: 180, drop: oldestOf('automod_alert_cases', 'made_at') },
  { what: 'promised answers', days: 0, drop: deletePromises },
  { what: 'patterns that were too slow', days: 365, drop: oldestOf('slow_patterns', 'last_at') },
];

/** What the operator keeps longer, or not as long. */
function activitySweeps({ ACTIVITY_DAYS, LEFT_SERVERS_DAYS }: Config): readonly Sweep[] {
  return [
    ...SERVER_TABLES.map((table) => ({
      what: `${table} of servers that were left`,
      days: LEFT_SERVERS_DAYS,
      drop: leftRowsOf(table),
    })),
    { what: 'servers that were left', days: LEFT_SERVERS_DAYS, drop: deleteLeftServers },
    { what: 'days of activity', days: ACTIVITY_DAYS, drop: foldOldActivity },
  ];
}

const DAY_MS = 86_400_000;

/** Deletes what is too old, a little at a time. What cannot be deleted keeps nothing else. */
export default defineJob({
  every: '1h',
  jitterMs: 60_000,
  deadlineMs: 10 * 60_000,
  retryOn: [DatabaseAwayError],
  async run({ config, database, log, now }, signal, progress) {
    await using own = await sweepConnection(database);
    const clock = () => performance.now();
    const steps = [...SWEEPS, ...activitySweeps(config)].map((one) => {
      const step = async () => {
        progress(one.what);
        const before = await endOf(one, database.db, now());
        const deleted = await sweep(one, { db: own.db, before, signal, clock, sleep: delay });
        if (deleted > 0) log.info({ what: one.what, deleted, before }, 'old rows were deleted');
      };
      return [one.what, step] as const;
    });
    await inSteps(Object.fromEntries(steps), (error) => signal.aborted || databaseError(error) !== undefined);
  },
});

/** What is older than this goes. */
async function endOf({ days, beyond }: Sweep, db: Db, now: Date): Promise<Date> {
  const old = now.getTime() - days * DAY_MS;
  return new Date(Math.max(old, (await beyond?.(db))?.getTime() ?? old));
}
