import type { Context } from '../../context.ts';
import { databaseError } from '../../db/away.ts';
import type { ExternalState } from '../../db/external-data.ts';
import { DeadlineError } from '../../lib/errors.ts';
import { failures } from '../../lib/failures.ts';
import { HttpBusyError, HttpRefusedError } from '../../lib/http-errors.ts';
import type { Fetched } from './external-data.ts';
import { listSources } from './phishing-lists.ts';
import type { Source } from './source.ts';
import { pageSources } from './tldr-pages.ts';

/** What is left of a thing that suddenly has fewer entries. */
const LEAST_LEFT = 0.5;
/** It has been smaller at every fetch for so long; or for so long, and so often in a row the very same. */
const BELIEVED_AFTER_MS = 6 * 3_600_000;
const SAME_AFTER_MS = 3_600_000;
const BELIEVED_TIMES = 3;

/**
 * Fetches what is due and keeps it; one that fails leaves the others alone, and what is kept of it as it was. Rejects when the
 * database is away, or with the signal's reason.
 */
export async function syncExternalData(
  context: Context,
  signal: AbortSignal,
  progress: (step: string) => void,
): Promise<void> {
  const { externalData, config, log } = context;
  const sources = [...listSources(config), ...pageSources(config)];
  await externalData.keepOnly(sources.map(({ name }) => name));
  await externalData.read();
  const stored = new Map(externalData.states().map((state) => [state.name, state]));
  const due = sources.filter((source) => isDue(source, stored.get(source.name), context.now()));
  const parts = due.map((source) => [source.name, syncOne(source, stored.get(source.name), context, signal)] as const);
  progress(due.map(({ name }) => name).join(', '));
  const failed = await failures(Object.fromEntries(parts));
  signal.throwIfAborted();
  for (const [name, error] of failed) {
    const away = databaseError(error);
    if (away) throw away;
    // A service that is away comes back; one that sends something else, or that the list shrank, is for a person to see.
    const level = error instanceof HttpBusyError || error instanceof DeadlineError ? 'warn' : 'error';
    log[level]({ what: name, error }, 'external data could not be fetched, the last good copy stays');
    const source = due.find((one) => one.name === name);
    if (source) await externalData.failed(source, error instanceof Error ? error.message : String(error));
  }
}

/** What has never been had, or failed the last time, is due at once. */
function isDue({ everyMs, url }: Source, state: ExternalState | undefined, now: Date): boolean {
  if (!state?.checkedAt || state.url !== url || state.failure !== null) return true;
  return now.getTime() - state.checkedAt.getTime() >= everyMs;
}

async function syncOne(
  source: Source,
  state: ExternalState | undefined,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { externalData, log, report } = context;
  // What another address sent says nothing of this one, and what is not whole is fetched anew.
  const known = state?.url === source.url && externalData.holds(state) ? state : undefined;
  const fetched = await source.fetch(known, context, signal);
  if (fetched === 'same') return externalData.unchanged(source.name);
  const shrunk = known !== undefined && fetched.entries < known.entries * LEAST_LEFT;
  if (shrunk) await refuseAtFirst(source, known, fetched, context);
  await externalData.keep(source, fetched, signal);
  log.info({ what: source.name, entries: fetched.entries }, 'external data was brought up to date');
  if (!shrunk) return;
  const { name } = source;
  log.warn(
    { what: name, before: known.entries, entries: fetched.entries },
    'external data has shrunk, and it stays so',
  );
  await report('external.shrunk', { name, before: known.entries, entries: fetched.entries });
}

/** Most of a thing is not gone from one hour to the next; if it is still gone after some, that was meant. */
async function refuseAtFirst(
  { name }: Source,
  known: ExternalState,
  fetched: Fetched,
  { externalData, now }: Context,
): Promise<void> {
  const { times, since } = await externalData.smaller(name, fetched.hash);
  const lastedMs = now().getTime() - since.getTime();
  if (lastedMs >= BELIEVED_AFTER_MS || (times >= BELIEVED_TIMES && lastedMs >= SAME_AFTER_MS)) return;
  throw new HttpRefusedError(`it shrank from ${known.entries} entries to ${fetched.entries}: believed if that lasts`);
}
