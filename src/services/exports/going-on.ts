import type { Context } from '../../context.ts';
import { delay } from '../../lib/deadline.ts';
import { StoppingError } from '../../lib/errors.ts';
import type { ExportRequest } from './request.ts';

/** Whoever has said nothing for so long is gone, and somebody else makes the export. Milliseconds. */
const GONE_MS = 90_000;
const SAID_EVERY_MS = 20_000;

interface Asking {
  readonly request: ExportRequest;
  readonly owner: string;
  readonly guild: string;
  readonly locale: string;
  readonly signal: AbortSignal;
}

/**
 * Makes an export, and sees to it that another process or the next one makes it (timer `message-export`) should this one be gone
 * before it is over.
 */
export async function surviving<T>(
  { request, owner, guild, locale, signal }: Asking,
  work: () => Promise<T>,
  { timers, now, log }: Pick<Context, 'timers' | 'now' | 'log'>,
): Promise<T> {
  const due = () => new Date(now().getTime() + GONE_MS);
  const zone = 'UTC';
  const kind = 'message-export';
  const { id } = await timers.add({ kind, owner, guild, due: due(), zone, payload: { ...request, locale } });
  const over = new AbortController();
  const saying = async () => {
    for (;;) {
      await delay(SAID_EVERY_MS, { signal: over.signal });
      await timers.edit({ id, kind }, { when: { due: due(), zone } });
    }
  };
  saying().catch((error: unknown) => {
    if (!over.signal.aborted) log.warn({ error }, 'it could not be said that an export is under way');
  });
  try {
    return await work();
  } finally {
    over.abort();
    // Who stops it wants it no more; but when the bot stops, the next one goes on.
    if (!(signal.reason instanceof StoppingError)) {
      await timers.remove({ id, kind }).catch((error: unknown) => {
        log.warn({ error }, 'an export that is over may be made once more');
      });
    }
  }
}
