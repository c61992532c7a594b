import type { Job } from './job.ts';
import cleanup from './jobs/cleanup.ts';
import followSources from './jobs/follow-sources.ts';
import healthMonitor from './jobs/health-monitor.ts';
import syncExternalData from './jobs/sync-external-data.ts';

/** Every scheduled job, by its file's name, sorted. */
export const JOBS: Readonly<Record<string, Job>> = {
  cleanup: cleanup,
  'follow-sources': followSources,
  'health-monitor': healthMonitor,
  'sync-external-data': syncExternalData,
};
