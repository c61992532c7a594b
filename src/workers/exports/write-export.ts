import { withDeadline } from '../../lib/deadline.ts';
import { BotError } from '../../lib/errors.ts';
import type { Layout } from './layout.ts';
import { type Packer, type Packing, packer } from './pack.ts';
import type { Sink } from './sink.ts';

/** There is more than may be handed over. */
export class ExportTooLargeError extends BotError {}

/** A file that is whole. */
export interface Part {
  readonly number: number;
  readonly bytes: number;
  readonly rows: number;
  /** The key of its last row: what is still to be exported stands behind it. */
  readonly last: string;
}

export interface Writing<R> {
  readonly pages: AsyncIterable<readonly R[]>;
  readonly keyOf: (row: R) => string;
  readonly layout: Layout<R>;
  readonly packing: Packing;
  /** Where the file of this number goes, and what a ZIP calls the file in it. */
  readonly open: (number: number) => Promise<{ readonly sink: Sink; readonly inner: string }>;
  /** A file is ended once it is so large; what is still on its way makes it a little larger. Bytes. */
  readonly partBytes: number;
  readonly firstPart: number;
  readonly mostParts: number;
  readonly signal: AbortSignal;
  /** How many rows are written. */
  readonly onRows: (rows: number) => void;
  readonly onPart: (part: Part) => void | Promise<void>;
}

/** What is made into text before it goes on. Letters. */
const CHUNK = 65_536;

/**
 * Writes rows into files, each as fast as the slowest on its way lets it: no page is asked for before the one before it is taken.
 * Whatever ends it, no file stays that is not whole.
 */
export async function writeExport<R>(writing: Writing<R>): Promise<void> {
  const { pages, keyOf, layout, partBytes, firstPart, mostParts, signal, onRows, onPart } = writing;
  const encoder = new TextEncoder();
  let open: Open | undefined;
  let number = firstPart;
  const write = async (part: Open, text: string) => {
    await withDeadline('writing an export', () => part.packer.write(encoder.encode(text)), { signal });
  };
  const finish = async (part: Open, last: string) => {
    await write(part, layout.end());
    await withDeadline('writing an export', () => part.packer.end(), { signal });
    await part.sink.close();
    open = undefined;
    await onPart({ number, bytes: part.packer.taken, rows: part.rows, last });
    number += 1;
  };
  try {
    let last: string | undefined;
    for await (const page of pages) {
      let text = '';
      let rows = 0;
      for (const [at, row] of page.entries()) {
        if (!open) {
          if (number > mostParts) throw new ExportTooLargeError(`more than ${mostParts} files`);
          open = await begin(writing, number);
          text = layout.begin();
        }
        text += layout.row(row);
        rows += 1;
        if (text.length < CHUNK && at < page.length - 1) continue;
        await write(open, text);
        open.rows += rows;
        onRows(rows);
        [text, rows, last] = ['', 0, keyOf(row)];
        if (open.packer.taken >= partBytes) await finish(open, last);
      }
    }
    if (open && last !== undefined) await finish(open, last);
  } catch (error) {
    open?.packer.destroy(error instanceof Error ? error : new Error(String(error)));
    await open?.sink.discard();
    throw error;
  }
}

interface Open {
  readonly sink: Sink;
  readonly packer: Packer;
  rows: number;
}

async function begin<R>({ open, packing, signal }: Writing<R>, number: number): Promise<Open> {
  const { sink, inner } = await open(number);
  try {
    signal.throwIfAborted();
    return { sink, packer: packer(packing, inner, sink), rows: 0 };
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
