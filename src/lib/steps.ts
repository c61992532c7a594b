/** What is done one after another, by name. */
export type Steps = Readonly<Record<string, () => Promise<void>>>;

/**
 * Takes every step, also when an earlier one failed, and then throws an AggregateError that names those that did. An error
 * that `ends` says is the end of all of them is thrown at once.
 */
export async function inSteps(steps: Steps, ends: (error: unknown) => boolean = () => false): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
    } catch (error) {
      if (ends(error)) throw error;
      failed.push({ name, error });
    }
  }
  if (failed.length === 0) return;
  const named = failed
    .map(({ name, error }) => `${name} (${error instanceof Error ? error.message : error})`)
    .join(', ');
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${failed.length} of ${Object.keys(steps).length} failed: ${named}`,
  );
}
