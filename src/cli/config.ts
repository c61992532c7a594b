import { type Config, describeConfig } from '../config.ts';
import { defaultThreads } from '../workers/offload.ts';

/** Prints the effective configuration, secrets masked. */
export function printConfig(config: Config): void {
  const entries = describeConfig(config, {
    DATABASE_URL: '(not set: the embedded database)',
    WORKER_THREADS: `${defaultThreads()} (not set: as many as cores, at least 2)`,
    SHARDS: '(not set: all)',
    SHARD_COUNT: '(not set: as Discord recommends)',
    LOG_FORMAT: `${process.stdout.isTTY ? 'pretty' : 'json'} (not set: pretty on a terminal)`,
    OWNER_IDS: "(not set: the application's owner or team)",
  });
  const width = Math.max(...entries.map(({ name }) => name.length));
  for (const { name, value } of entries) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
}
