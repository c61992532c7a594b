/**
 * How long to wait before the next try, in milliseconds: exponential with full jitter, so that many who failed at the
 * same moment do not come back at the same moment. `attempt` counts from 0.
 */
export function backoff(
  attempt: number,
  { firstMs, maxMs, random = Math.random }: { readonly firstMs: number; readonly maxMs: number; random?: () => number },
): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** attempt));
}
