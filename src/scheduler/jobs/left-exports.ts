import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sendingFolder } from '../../services/exports/export-messages.ts';
import { defineJob, NOTHING_DUE } from '../job.ts';

/** No export takes so long. Milliseconds. */
const OLD_MS = 3_600_000;

/** Removes files of exports whose process was gone before it could send them. Each process looks: folders are not shared. */
export default defineJob({
  every: '1h',
  deadlineMs: 60_000,
  runs: 'each',
  async run(context, signal) {
    const folder = sendingFolder(context);
    const names = await readdir(folder).catch(() => []);
    if (names.length === 0) return NOTHING_DUE;
    for (const name of names) {
      signal.throwIfAborted();
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined); // sent and removed meanwhile
      if (found && found.mtimeMs < Date.now() - OLD_MS) await rm(path, { force: true });
    }
    return undefined;
  },
});
