/** What is planted where somebody wants to see that the bench notices. Milliseconds. */
export const HELD_UP = { everyMs: 500, ms: 200 } as const;

/** Holds the event loop of this process up. */
export function standStill(): void {
  const end = performance.now() + HELD_UP.ms;
  while (performance.now() < end);
}
