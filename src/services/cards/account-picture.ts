import type { Context } from '../../context.ts';

type Needs = Pick<Context, 'io' | 'log'>;

/** As cards take the pictures of accounts. */
export const CARD_AVATAR = { extension: 'png', size: 128, forceStatic: true } as const;
/** Letters. */
export const LONGEST_NAME = 32;
const AVATAR_MS = 2_000;
const MOST_BYTES = 1_000_000;

/** The picture of an account; nothing where it cannot be loaded soon: a card has their first letters then. */
export async function accountPicture(
  { id, url }: { readonly id: string; readonly url: string },
  { io, log }: Needs,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const { bytes } = await io.download(url, { signal, deadlineMs: AVATAR_MS, maxBytes: MOST_BYTES });
    return new Uint8Array(bytes);
  } catch (error) {
    if (signal.aborted) throw error;
    log.debug({ error, member: id }, 'a picture for a card could not be loaded');
    return undefined;
  }
}
