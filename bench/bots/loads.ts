import { setTimeout } from 'node:timers/promises';
import type { App } from '../../src/app.ts';
import { stream } from '../../src/db/stream.ts';
import { HELD_UP, standStill } from '../load/standing-still.ts';

const LONG_MS = 600_000;
const BATCH = 500;

interface Row {
  readonly number: number;
  readonly text: string;
}

/** Keeps a call waiting for every thread that works; inline one after the other, and the loop turns in between. */
export async function keepFull(
  { workers, inFlight }: App,
  iterations: number,
  { inline, signal }: { readonly inline: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const calls = inline ? 1 : 2 * workers.stats().bulk.threads;
  const one = async () => {
    while (!signal.aborted) {
      await inFlight.track('burn', (stop) => workers.offload('burn', { iterations }, { signal: stop }), {
        deadlineMs: LONG_MS,
      });
      await setTimeout(0); // Deno would never come to its sockets between two setImmediate
    }
  };
  await Promise.all(Array.from({ length: calls }, one));
}

/** Makes the rows that are read, unless there are some from the round before. */
export async function makeRows({ database: { db } }: App, rows: number): Promise<void> {
  await db`create table if not exists bench_rows (number int primary key, text text not null)`;
  await db`
    insert into bench_rows select n, repeat('The rockhopper hops from rock to rock. ', 4)
    from generate_series(1, ${rows}::int) n on conflict do nothing`;
}

/** Reads them all over and over, with a pause between if wanted, as the bot reads what is large; inline the whole result at once, as people do. */
export async function keepReading(
  { database: { db }, inFlight }: App,
  { inline, pauseMs, signal }: { readonly inline: boolean; readonly pauseMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const byPages = (signal: AbortSignal) =>
    stream<Row>(db, () => db`select number, text from bench_rows`, { key: 'number', batch: BATCH, signal });
  const rows = inline ? () => db<Row[]>`select number, text from bench_rows order by number` : byPages;
  const read = async (stop: AbortSignal) => {
    let letters = 0;
    for await (const { text } of await rows(stop)) letters += text.length;
    return letters;
  };
  while (!signal.aborted) {
    await inFlight.track('large query', read, { signal, deadlineMs: LONG_MS });
    await setTimeout(pauseMs, undefined, { signal });
  }
}

/** Stands still over and over, under a name that is to be found in the report. */
export async function keepStandingStill({ inFlight }: App, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(HELD_UP.everyMs, undefined, { signal });
    await inFlight.track('planted stall', async () => standStill());
  }
}
