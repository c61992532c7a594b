import { createHash } from 'node:crypto';
import { ConfigError } from '../lib/errors.ts';
import type { Db } from './connect.ts';
import first from './migrations/0001-first.sql' with { type: 'text' };
import inspections from './migrations/0002-inspections.sql' with { type: 'text' };
import pictureShield from './migrations/0003-picture-shield.sql' with { type: 'text' };
import promisedAnswers from './migrations/0004-promised-answers.sql' with { type: 'text' };
import timers from './migrations/0005-timers.sql' with { type: 'text' };
import people from './migrations/0006-people.sql' with { type: 'text' };
import httpCache from './migrations/0007-http-cache.sql' with { type: 'text' };
import drafts from './migrations/0008-drafts.sql' with { type: 'text' };
import afk from './migrations/0009-afk.sql' with { type: 'text' };
import jobsByHand from './migrations/0010-jobs-by-hand.sql' with { type: 'text' };
import externalData from './migrations/0011-external-data.sql' with { type: 'text' };
import follows from './migrations/0012-follows.sql' with { type: 'text' };
import serverDays from './migrations/0013-server-days.sql' with { type: 'text' };
import polls from './migrations/0014-polls.sql' with { type: 'text' };
import noSweepOfSourceItems from './migrations/0015-no-sweep-of-source-items.sql' with { type: 'text' };
import activityEnds from './migrations/0016-activity-ends.sql' with { type: 'text' };
import smallerCopies from './migrations/0017-smaller-copies.sql' with { type: 'text' };
import cases from './migrations/0018-cases.sql' with { type: 'text' };
import seldomInChannels from './migrations/0019-seldom-in-channels.sql' with { type: 'text' };
import massRuns from './migrations/0020-mass-runs.sql' with { type: 'text' };
import auditSeen from './migrations/0021-audit-seen.sql' with { type: 'text' };
import lastingCases from './migrations/0022-lasting-cases.sql' with { type: 'text' };
import askedCases from './migrations/0023-asked-cases.sql' with { type: 'text' };
import alone from './migrations/0024-alone.sql' with { type: 'text' };
import brakes from './migrations/0025-brakes.sql' with { type: 'text' };
import heldItems from './migrations/0026-held-items.sql' with { type: 'text' };
import lastingBans from './migrations/0027-lasting-bans.sql' with { type: 'text' };
import ledBy from './migrations/0028-led-by.sql' with { type: 'text' };
import seenMessages from './migrations/0029-seen-messages.sql' with { type: 'text' };
import slowPatterns from './migrations/0030-slow-patterns.sql' with { type: 'text' };
import automodDeeds from './migrations/0031-automod-deeds.sql' with { type: 'text' };
import automodRules from './migrations/0032-automod-rules.sql' with { type: 'text' };
import automodLists from './migrations/0033-automod-lists.sql' with { type: 'text' };
import listHistory from './migrations/0034-list-history.sql' with { type: 'text' };
import automodCooldowns from './migrations/0035-automod-cooldowns.sql' with { type: 'text' };
import automodObserved from './migrations/0036-automod-observed.sql' with { type: 'text' };
import alertCases from './migrations/0037-alert-cases.sql' with { type: 'text' };
import eventLogs from './migrations/0038-event-logs.sql' with { type: 'text' };
import memberRoles from './migrations/0039-member-roles.sql' with { type: 'text' };
import raids from './migrations/0040-raids.sql' with { type: 'text' };
import memberReports from './migrations/0041-member-reports.sql' with { type: 'text' };
import raidDeeds from './migrations/0043-raid-deeds.sql' with { type: 'text' };
import verifications from './migrations/0044-verifications.sql' with { type: 'text' };
import introductions from './migrations/0045-introductions.sql' with { type: 'text' };
import leftServers from './migrations/0046-left-servers.sql' with { type: 'text' };
import memberSearches from './migrations/0047-member-searches.sql' with { type: 'text' };
import archive from './migrations/0049-archive.sql' with { type: 'text' };
import archiveSearch from './migrations/0050-archive-search.sql' with { type: 'text' };
import memberPoints from './migrations/0051-member-points.sql' with { type: 'text' };
import privacy from './migrations/0052-privacy.sql' with { type: 'text' };
import likeWords from './migrations/0055-like-words.sql' with { type: 'text' };
import channelHours from './migrations/0056-channel-hours.sql' with { type: 'text' };
import memberJoins from './migrations/0057-member-joins.sql' with { type: 'text' };
import knownInvites from './migrations/0060-known-invites.sql' with { type: 'text' };
import seenJoins from './migrations/0061-seen-joins.sql' with { type: 'text' };
import { inTransaction } from './transaction.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Every migration, in the order in which they run. Forward only: a listed file is never changed again. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-first', sql: first },
  { name: '0002-inspections', sql: inspections },
  { name: '0003-picture-shield', sql: pictureShield },
  { name: '0004-promised-answers', sql: promisedAnswers },
  { name: '0005-timers', sql: timers },
  { name: '0006-people', sql: people },
  { name: '0007-http-cache', sql: httpCache },
  { name: '0008-drafts', sql: drafts },
  { name: '0009-afk', sql: afk },
  { name: '0010-jobs-by-hand', sql: jobsByHand },
  { name: '0011-external-data', sql: externalData },
  { name: '0012-follows', sql: follows },
  { name: '0013-server-days', sql: serverDays },
  { name: '0014-polls', sql: polls },
  { name: '0015-no-sweep-of-source-items', sql: noSweepOfSourceItems },
  { name: '0016-activity-ends', sql: activityEnds },
  { name: '0017-smaller-copies', sql: smallerCopies },
  { name: '0018-cases', sql: cases },
  { name: '0019-seldom-in-channels', sql: seldomInChannels },
  { name: '0020-mass-runs', sql: massRuns },
  { name: '0021-audit-seen', sql: auditSeen },
  { name: '0022-lasting-cases', sql: lastingCases },
  { name: '0023-asked-cases', sql: askedCases },
  { name: '0024-alone', sql: alone },
  { name: '0025-brakes', sql: brakes },
  { name: '0026-held-items', sql: heldItems },
  { name: '0027-lasting-bans', sql: lastingBans },
  { name: '0028-led-by', sql: ledBy },
  { name: '0029-seen-messages', sql: seenMessages },
  { name: '0030-slow-patterns', sql: slowPatterns },
  { name: '0031-automod-deeds', sql: automodDeeds },
  { name: '0032-automod-rules', sql: automodRules },
  { name: '0033-automod-lists', sql: automodLists },
  { name: '0034-list-history', sql: listHistory },
  { name: '0035-automod-cooldowns', sql: automodCooldowns },
  { name: '0036-automod-observed', sql: automodObserved },
  { name: '0037-alert-cases', sql: alertCases },
  { name: '0038-event-logs', sql: eventLogs },
  { name: '0039-member-roles', sql: memberRoles },
  { name: '0040-raids', sql: raids },
  { name: '0041-member-reports', sql: memberReports },
  { name: '0043-raid-deeds', sql: raidDeeds },
  { name: '0044-verifications', sql: verifications },
  { name: '0045-introductions', sql: introductions },
  { name: '0046-left-servers', sql: leftServers },
  { name: '0047-member-searches', sql: memberSearches },
  { name: '0049-archive', sql: archive },
  { name: '0050-archive-search', sql: archiveSearch },
  { name: '0051-member-points', sql: memberPoints },
  { name: '0052-privacy', sql: privacy },
  { name: '0055-like-words', sql: likeWords },
  { name: '0056-channel-hours', sql: channelHours },
  { name: '0057-member-joins', sql: memberJoins },
  { name: '0060-known-invites', sql: knownInvites },
  { name: '0061-seen-joins', sql: seenJoins },
];

/** The key of the advisory lock that lets one starter migrate while the others wait; any constant will do. */
const LOCK = 0x726f636b;

/**
 * Runs every listed migration that has not been run yet, all or none, and returns their names. Starters that race wait
 * for each other. ConfigError when a migration that was run has been changed since, or is unknown to this version.
 */
export async function migrate(db: Db, migrations: readonly Migration[] = MIGRATIONS): Promise<readonly string[]> {
  const listed = migrations.map(({ name, sql }) => ({ name, sql, sha256: sha256(sql) }));
  return await inTransaction(db, async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`
      create table if not exists migrations (
        name text primary key, sha256 text not null, ran_at timestamptz not null default now()
      )`;
    const rows = await tx<{ name: string; sha256: string }[]>`select name, sha256 from migrations`;
    const done = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
    refuseChanged(listed, done);
    const pending = listed.filter(({ name }) => !done.has(name));
    for (const { name, sql, sha256 } of pending) {
      await tx.unsafe(sql).simple();
      await tx`insert into migrations (name, sha256) values (${name}, ${sha256})`;
    }
    return pending.map(({ name }) => name);
  });
}

function refuseChanged(listed: readonly { name: string; sha256: string }[], done: ReadonlyMap<string, string>): void {
  const changed = listed.filter(({ name, sha256 }) => (done.get(name) ?? sha256) !== sha256);
  if (changed.length > 0) {
    const names = changed.map(({ name }) => name).join(', ');
    throw new ConfigError(`The database was made with another text of this migration: ${names}. Migrations that have run
must stay as they are; put the old file back and add a new migration.`);
  }
  const known = new Set(listed.map(({ name }) => name));
  const unknown = [...done.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new ConfigError(`The database is newer than this version of the bot: it has ${unknown.join(', ')}.`);
  }
}

/** Line endings do not count: a checkout on Windows must not look like a changed migration. */
function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
