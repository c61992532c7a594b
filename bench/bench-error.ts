/** The bench cannot go on, or not with what it was asked for; the message is for the person at the terminal. */
export class BenchError extends Error {
  override get name(): string {
    return 'BenchError';
  }
}

/** What was asked for does not exist: exit code 2. */
export class UsageError extends BenchError {}
