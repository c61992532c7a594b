import type { Context } from '../../context.ts';
import { personRows } from '../../db/person-export.ts';

/** What crosses to the thread at a time: far more than a ZIP of it, and never held twice. Letters. */
const MOST_LETTERS = 8_000_000;

/** All that is kept of somebody as ZIPs, each whole by itself, the next begun when one has been taken. */
export async function* personZips(
  user: string,
  { db, workers }: Pick<Context, 'db' | 'workers'>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  let files = new Map<string, string[]>();
  let letters = 0;
  const zip = async () => {
    const input = { files: [...files].map(([table, pieces]) => ({ name: `${table}.json`, pieces })) };
    [files, letters] = [new Map(), 0];
    return (await workers.offload('zipTexts', input, { signal, deadlineMs: 30_000 })).bytes;
  };
  for await (const { table, json } of personRows(db, user, signal)) {
    const pieces = files.get(table);
    if (pieces) pieces.push(json);
    else files.set(table, [json]);
    letters += json.length;
    if (letters >= MOST_LETTERS) yield await zip();
  }
  if (letters > 0) yield await zip();
}
