import type { Tools } from '../scenario.ts';

/** Everybody writes in turn, so many messages a second, until the round ends. */
export async function keepPosting(
  { sandbox, signal }: Pick<Tools, 'sandbox' | 'signal'>,
  perSecond: number,
  contents: readonly string[],
): Promise<void> {
  sandbox.posting.start({ perSecond, contents });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  sandbox.posting.stop();
}
