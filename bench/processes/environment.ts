import { availableParallelism } from 'node:os';
import type { Options } from '../bench.ts';
import type { Place } from './driver-process.ts';

/** What programs need to run at all, and nothing that would configure the bot. */
export function plainEnv(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR, LANG } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...(LANG && { LANG }) };
}

/** Twice as many threads as cores, so that the bulk lane alone, which has half of them, can keep every core busy. */
export function threadsOf({ threads }: Pick<Options, 'threads'>): number {
  return threads ?? 2 * availableParallelism();
}

/** A bot in the local Discord, on the embedded database in `dataDir`. */
export function botEnv({ url, apiUrl, cdnUrl, token, outsideUrl }: Place, dataDir: string): Record<string, string> {
  return {
    ...plainEnv(),
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    DISCORD_CDN_URL: cdnUrl,
    ATTACHMENT_HOSTS: new URL(url).host,
    ...(outsideUrl !== undefined && {
      WIKIPEDIA_URL: `${outsideUrl}/w/api.php`,
      XKCD_URL: outsideUrl,
      GITHUB_URL: outsideUrl,
      FEED_HOSTS: new URL(outsideUrl).host,
    }),
    TLDR_URL: 'off',
    DATA_DIR: dataDir,
    HTTP_ADDRESS: '127.0.0.1:0',
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'info',
    // Edits of answers that discord.js still holds back need not be waited for between two rounds.
    SHUTDOWN_GRACE_MS: '1000',
  };
}
