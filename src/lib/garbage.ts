/**
 * Throws away at once what nobody needs any more. Bun lets a thread's garbage grow to hundreds of megabytes before it
 * looks, gives little of that back afterwards, and does not count what a decoder keeps outside of its heap. Elsewhere the
 * runtime does so itself.
 */
export function collectGarbage(): void {
  if ('Bun' in globalThis) Bun.gc(true);
}
