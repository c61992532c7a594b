/** Waits for all parts and says which failed and why; one failing part never hides another. */
export async function failures(
  parts: Readonly<Record<string, Promise<unknown>>>,
): Promise<readonly (readonly [part: string, error: unknown])[]> {
  const settled = await Promise.all(
    Object.entries(parts).map(([part, work]) =>
      work.then(
        () => [],
        (error: unknown) => [[part, error] as const],
      ),
    ),
  );
  return settled.flat();
}
