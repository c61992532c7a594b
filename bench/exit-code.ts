import { CommanderError } from 'commander';
import { UsageError } from './bench-error.ts';
import type { AckVerdict, Report } from './report/report.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** What the whole run comes to. Only `--ci` holds a ratio against anybody. */
export function exitCodeOf({ scenarios }: Report, o: { readonly ci: boolean; readonly interrupted: boolean }): number {
  if (o.interrupted) return EXIT.interrupted;
  if (scenarios.some(({ failed }) => failed !== undefined)) return EXIT.failed;
  const low = scenarios.some((one) => one.kind === 'ack' && tooLow(one.verdict));
  return o.ci && low ? EXIT.failed : EXIT.ok;
}

/** The same for a run that ended with an error; help that was asked for is none. */
export function exitCodeOfError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** A ratio that could not be measured fails nobody; the report says that it is missing. */
function tooLow({ ratio, leastRatio = 0 }: AckVerdict): boolean {
  return ratio !== undefined && ratio < leastRatio;
}
