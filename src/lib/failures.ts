type Failure = readonly [part: string, error: unknown];

/** Waits for all parts: what each gave, by name, and which failed and why, in the order given. None hides another. */
export async function settle<T>(
  parts: Readonly<Record<string, Promise<T>>>,
): Promise<{ readonly done: ReadonlyMap<string, T>; readonly failed: readonly Failure[] }> {
  const done = new Map<string, T>();
  const settled = await Promise.all(
    Object.entries(parts).map(([part, work]) =>
      work.then(
        (value): Failure[] => {
          done.set(part, value);
          return [];
        },
        (error: unknown): Failure[] => [[part, error]],
      ),
    ),
  );
  return { done, failed: settled.flat() };
}

/** Waits for all parts and says which failed and why; one failing part never hides another. */
export async function failures(parts: Readonly<Record<string, Promise<unknown>>>): Promise<readonly Failure[]> {
  return (await settle(parts)).failed;
}
