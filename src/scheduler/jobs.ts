import type { Job } from './job.ts';
import archiveMonths from './jobs/archive-months.ts';
import cleanup from './jobs/cleanup.ts';
import dailyReport from './jobs/daily-report.ts';
import followSources from './jobs/follow-sources.ts';
import healthMonitor from './jobs/health-monitor.ts';
import leftExports from './jobs/left-exports.ts';
import leftServers from './jobs/left-servers.ts';
import presence from './jobs/presence.ts';
import statusUpdates from './jobs/status-updates.ts';
import syncExternalData from './jobs/sync-external-data.ts';

/** Every scheduled job, by its file's name, sorted. */
export const JOBS: Readonly<Record<string, Job>> = {
  'archive-months': archiveMonths,
  cleanup: cleanup,
  'daily-report': dailyReport,
  'follow-sources': followSources,
  'health-monitor': healthMonitor,
  'left-exports': leftExports,
  'left-servers': leftServers,
  presence: presence,
  'status-updates': statusUpdates,
  'sync-external-data': syncExternalData,
};
