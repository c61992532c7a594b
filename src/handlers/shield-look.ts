import { setTimeout } from 'node:timers/promises';
import type { Attachment } from 'discord.js';
import type { Context } from '../context.ts';
import { backoff } from '../lib/backoff.ts';
import { BusyError, DeadlineError } from '../lib/errors.ts';
import type { Key } from '../lib/i18n.ts';
import { UserError } from '../services/answers/user-error.ts';
import type { Words } from '../services/answers/words.ts';
import type { DownloadLimits, Inspecting, Verdict } from '../services/inspector/inspector.ts';
import type { Match } from '../services/shield/shield.ts';
import { type Unopened, whyUncompared, whyUnopened } from '../services/shield/uncompared-entry.ts';

/** What a picture looks like. */
export interface Met {
  readonly kind: 'met';
  readonly picture: Attachment;
  readonly verdict: Verdict;
  readonly match: Match;
}

/** A picture that nobody has looked into; `why` is missing where it is gone, so that nobody sees it either. */
interface Passed {
  readonly kind: 'unopened';
  readonly picture: Attachment;
  readonly why: Unopened | undefined;
  /** What would have been fetched at most. Bytes. */
  readonly most: number;
}

export type Looked = Met | Passed;

/** Padding costs nothing, so that pictures are fetched up to this size whatever a server has set. Bytes. */
const LARGEST_COMPARED = 50_000_000;
const TRIES = 3;
const WAIT = { firstMs: 1_000, maxMs: 4_000 };
const MINUTE_MS = 60_000;

const REFUSALS: Partial<Record<Key, Unopened>> = {
  'inspect.refused.tooLarge': 'too-large',
  'inspect.refused.busy': 'busy',
  'inspect.refused.tooSlow': 'too-slow',
  'inspect.refused.downloadFailed': 'failed',
  'inspect.refused.hostNotAllowed': 'failed',
  'inspect.refused.unsafe': 'unsafe',
  'inspect.refused.deadly': 'deadly',
};

/** What may be fetched of a picture that is only compared. */
export function forShield(download: DownloadLimits): DownloadLimits {
  return { ...download, maxBytes: Math.max(download.maxBytes, LARGEST_COMPARED) };
}

/** Looks a picture up in the lists. Where there is too much to do it tries again, as long as `inspecting.signal` lets it. */
export async function lookUp(
  guild: string,
  picture: Attachment,
  inspecting: Inspecting,
  context: Context,
): Promise<Looked> {
  const { signal, download } = inspecting;
  for (let attempt = 0; ; attempt++) {
    try {
      const verdict = await context.inspector.inspect(picture, inspecting);
      const match = await context.shield.match(guild, verdict.report.hashes, signal);
      return { kind: 'met', picture, verdict, match };
    } catch (error) {
      const why = refusalIn(error, signal, context);
      if (why !== 'busy' || attempt + 1 >= TRIES) return { kind: 'unopened', picture, why, most: download.maxBytes };
      await setTimeout(backoff(attempt, WAIT), undefined, { signal }).catch(() => undefined); // then it is late
    }
  }
}

function refusalIn(error: unknown, signal: AbortSignal, { inspector, log }: Context): Unopened | undefined {
  log.debug({ error }, 'a picture could not be compared');
  if (signal.aborted && error === signal.reason) {
    inspector.admission.turnAway('late', true);
    return 'late';
  }
  if (error instanceof BusyError || error instanceof DeadlineError) return 'busy'; // the comparing itself
  if (!(error instanceof UserError)) throw error;
  return REFUSALS[error.said.key];
}

/** Why a picture could not be compared, if there is anybody to be told. */
export function whyOf(looked: Looked): Words | undefined {
  if (looked.kind === 'met') return whyUncompared(looked.verdict.report, looked.picture.name);
  return looked.why && whyUnopened(looked.why, looked.most);
}

/** What of these a server's log is told once: each content, each upload, and of those of a storm one a minute. */
export function onceFor(looked: Looked, now: Date): string {
  if (looked.kind === 'met') return looked.verdict.sha256;
  const { why, picture } = looked;
  if (why === 'busy' || why === 'late') return `${why} ${Math.floor(now.getTime() / MINUTE_MS)}`;
  return new URL(picture.url).pathname;
}
