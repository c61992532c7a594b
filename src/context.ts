import type { Client } from 'discord.js';
import type { Config } from './config.ts';
import type { Database, Db } from './db/connect.ts';
import type { I18n } from './lib/i18n.ts';
import type { InFlight } from './lib/in-flight.ts';
import type { Logger } from './lib/log.ts';
import type { LoopMonitor } from './lib/loop-monitor.ts';
import type { Metrics } from './lib/metrics.ts';
import type { SharedClock } from './lib/shared-clock.ts';
import type { ClockOffset } from './lib/snowflake.ts';
import type { Activity } from './services/activity/activity.ts';
import type { AfkList } from './services/afk/afk-list.ts';
import type { Notices } from './services/afk/notices.ts';
import type { Archive } from './services/archive/archive.ts';
import type { Deletions } from './services/automod/deletions.ts';
import type { AutomodLists } from './services/automod/lists.ts';
import type { AutomodMemory } from './services/automod/memory.ts';
import type { MissedMessages } from './services/automod/missed.ts';
import type { Pipeline } from './services/automod/pipeline.ts';
import type { Refusals } from './services/automod/refusals.ts';
import type { RuleSets } from './services/automod/rules.ts';
import type { Seen } from './services/automod/seen.ts';
import type { RuleStats } from './services/automod/stats.ts';
import type { ExternalData } from './services/external/external-data.ts';
import type { TldrPages } from './services/external/tldr-pages.ts';
import type { Gateway } from './services/gateway/gateway.ts';
import type { RestBudget } from './services/gateway/rest-budget.ts';
import type { Health } from './services/health/health.ts';
import type { Report } from './services/health/report.ts';
import type { Inspector } from './services/inspector/inspector.ts';
import type { Jobs } from './services/jobs/jobs.ts';
import type { Joining } from './services/joining/joining.ts';
import type { Levels } from './services/levels/levels.ts';
import type { DailyNotices } from './services/logs/daily-notices.ts';
import type { EventLogs } from './services/logs/event-logs.ts';
import type { BanNames } from './services/moderation/ban-names.ts';
import type { ForeignActions } from './services/moderation/foreign-actions.ts';
import type { Moderation } from './services/moderation/moderation.ts';
import type { UnseenBans } from './services/moderation/unseen-bans.ts';
import type { Backtracking } from './services/patterns/backtracking.ts';
import type { PollBoards } from './services/polls/boards.ts';
import type { Polls } from './services/polls/polls.ts';
import type { RaidLens } from './services/raids/lens.ts';
import type { Settings } from './services/settings/settings.ts';
import type { Shield } from './services/shield/shield.ts';
import type { MemberStays } from './services/tally/member-stays.ts';
import type { Tally } from './services/tally/tally.ts';
import type { Timers } from './services/timers/timers.ts';
import type { WikiTitles } from './services/wiki/titles.ts';
import type { Zones } from './services/zones/zones.ts';
import type { Io } from './workers/io.ts';
import type { Workers } from './workers/offload.ts';

/** All that a handler or a job may touch. Nothing live is imported; it arrives here. */
export interface Context {
  readonly config: Config;
  readonly log: Logger;
  /** The clock that all processes of the bot share (`sharedClock.now`). */
  readonly now: () => Date;
  readonly sharedClock: SharedClock;
  /** How far this machine's clock is off Discord's, as seen from what arrives. */
  readonly clock: ClockOffset;
  readonly i18n: I18n;
  readonly metrics: Metrics;
  readonly monitor: LoopMonitor;
  readonly inFlight: InFlight;
  /** The database as a tagged template. */
  readonly db: Db;
  /** The same with its state: is it there, how fast is it, who listens. */
  readonly database: Database;
  readonly workers: Workers;
  readonly io: Io;
  readonly discord: Client;
  readonly gateway: Gateway;
  readonly restBudget: RestBudget;
  readonly settings: Settings;
  readonly activity: Activity;
  /** What servers keep of what is written in them. */
  readonly archive: Archive;
  /** Points that members have for what they write. */
  readonly levels: Levels;
  /** Tells servers what of that could not be done. */
  readonly levelNotices: DailyNotices;
  /** What is counted of servers day by day. */
  readonly tally: Tally;
  /** Since when people are in servers, and who has left. */
  readonly memberStays: MemberStays;
  /** The way of every message. */
  readonly pipeline: Pipeline;
  /** What was written while the bot was away. */
  readonly missed: MissedMessages;
  /** Each server's rules, compiled. */
  readonly rules: RuleSets;
  /** Up to which message each channel is dealt with. */
  readonly seen: Seen;
  /** What is counted of rules day by day. */
  readonly ruleStats: RuleStats;
  /** Lists of words and of domains that servers keep for their rules. */
  readonly automodLists: AutomodLists;
  readonly inspector: Inspector;
  readonly shield: Shield;
  /** What falls due later. */
  readonly timers: Timers;
  /** Servers' patterns that go back, each under a budget. */
  readonly backtracking: Backtracking;
  /** What is done to keep order: actions and their cases. */
  readonly moderation: Moderation;
  /** What is done in Discord itself, as cases. */
  readonly foreignActions: ForeignActions;
  /** Bans that others make and lift where the audit log cannot be seen, as cases. */
  readonly unseenBans: UnseenBans;
  /** Who is banned where, by name. */
  readonly banNames: BanNames;
  /** In which time zone each person writes and reads times. */
  readonly zones: Zones;
  /** What rules have met and done lately. */
  readonly automod: AutomodMemory;
  /** Deletes messages, many of a channel together. */
  readonly deletions: Deletions;
  /** Tells servers what Discord does not let rules do. */
  readonly refusals: Refusals;
  /** Tells servers what happens in them. */
  readonly eventLogs: EventLogs;
  /** What is done for who joins and leaves. */
  readonly joining: Joining;
  /** Tells servers what could not be done for who joins. */
  readonly joinNotices: DailyNotices;
  /** Sees raids. */
  readonly raids: RaidLens;
  readonly polls: Polls;
  /** Keeps the messages of running polls up to date. */
  readonly pollBoards: PollBoards;
  /** Who is away in which server. */
  readonly afk: AfkList;
  /** Where it was said lately that somebody is away. */
  readonly afkNotices: Notices;
  /** What is fetched now and then, and kept. */
  readonly externalData: ExternalData;
  /** The pages of `/tldr`. */
  readonly tldrPages: TldrPages;
  /** Titles of wikis, offered while somebody types. */
  readonly wikiTitles: WikiTitles;
  /** The scheduled jobs, as people see and direct them. */
  readonly jobs: Jobs;
  readonly health: Health;
  /** Tells the owners' channels something, in each server's language. */
  readonly report: Report;
  readonly startedAt: Date;
}
