import type { Sink } from '../workers/exports/sink.ts';

/** What this process says, as somewhere to write to: it waits until whoever reads it has taken it. */
export async function standardOutput(): Promise<Sink> {
  return {
    write(bytes) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
      return promise;
    },
    close: async () => {},
    discard: async () => {}, // what is said is said
  };
}
