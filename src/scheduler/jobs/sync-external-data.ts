import { DatabaseAwayError } from '../../lib/errors.ts';
import { syncExternalData } from '../../services/external/sync.ts';
import { defineJob } from '../job.ts';

/** Brings up to date what comes from elsewhere: lists of dangerous domains, the pages of `/tldr`. */
export default defineJob({
  every: '10m',
  jitterMs: 30_000,
  deadlineMs: 5 * 60_000,
  retryOn: [DatabaseAwayError],
  run: syncExternalData,
});
