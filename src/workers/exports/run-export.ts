import { join } from 'node:path';
import type { Db } from '../../db/connect.ts';
import { exportedMessages } from '../../db/message-export.ts';
import type { Layout } from './layout.ts';
import { csv, jsonLines } from './lines.ts';
import { type MessageRow, messages } from './messages.ts';
import type { ExportOrder, PartFile } from './order.ts';
import { packedName } from './pack.ts';
import { fileSink, type Sink } from './sink.ts';
import { transcript } from './transcript.ts';
import { writeExport } from './write-export.ts';

export interface Hearing {
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
  readonly onPart: (part: PartFile) => void;
  /** Where a file goes [to the order's folder]. */
  readonly open?: (path: string) => Promise<Sink>;
}

/** Has an export written, out of the database into files, without any of it being in memory as a whole. */
export async function runExport(db: Db, order: ExportOrder, hearing: Hearing): Promise<void> {
  const { wanted, packing, after, partBytes, firstPart, mostParts } = order;
  const { signal, onRows, onPart, open = fileSink } = hearing;
  const layout = layoutOf(order);
  const fileName = (number: number) => `${order.name}-${number}.${layout.extension}`;
  const pathOf = (number: number) => join(order.folder, packedName(fileName(number), packing));
  await writeExport<MessageRow>({
    pages: exportedMessages(db, wanted.filter, { after, signal }),
    keyOf: (row) => row.message_id,
    layout,
    packing,
    open: async (number) => ({ sink: await open(pathOf(number)), inner: fileName(number) }),
    ...{ partBytes, firstPart, mostParts, signal, onRows },
    onPart: (part) => onPart({ ...part, path: pathOf(part.number) }),
  });
}

function layoutOf({ format, channels, words }: ExportOrder): Layout<MessageRow> {
  const named = new Map(Object.entries(channels));
  if (format === 'html') return transcript(named, words);
  const content = messages(named);
  return format === 'csv' ? csv(content) : jsonLines(content);
}
