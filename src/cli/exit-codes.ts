import { CommanderError } from 'commander';
import { ConfigError } from '../lib/errors.ts';

/** What the process says to the shell when it ends. */
export const EXIT = { stopped: 0, failed: 1, usage: 2, configuration: 78 } as const;

/** The code for what ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.stopped : EXIT.usage;
  if (error instanceof ConfigError) return EXIT.configuration;
  return EXIT.failed;
}
