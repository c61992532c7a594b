import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { countMessages, type MessageFilter } from '../../db/message-export.ts';
import type { Key } from '../../lib/i18n.ts';
import { ExportError } from '../../workers/exports/export-error.ts';
import type { ExportCode, ExportOrder, PartFile } from '../../workers/exports/order.ts';
import { UserError } from '../answers/user-error.ts';
import type { Reader } from '../answers/words.ts';
import { transcriptWords } from './transcript-words.ts';

/** How often it is begun anew because something of it was deleted meanwhile. */
const MOST_TRIES = 3;
/** What Discord takes less what is still on its way when a file is ended. Bytes. */
const SPARE = 1_500_000;
const MOST_FILES = 40;
const MEGABYTE = 1_000_000;

export interface MessageExport {
  readonly filter: MessageFilter;
  readonly format: ExportOrder['format'];
  readonly packing: ExportOrder['packing'];
  /** Names of channels, by id. */
  readonly channels: Readonly<Record<string, string>>;
  readonly reader: Reader;
  /** Files stay where they are written, for who runs the bot; otherwise each is as large as Discord takes. */
  readonly place: { readonly kind: 'folder' } | { readonly kind: 'discord'; readonly uploadBytes: number };
  readonly signal: AbortSignal;
  /** How many rows are written. */
  readonly onRows: (rows: number) => void;
}

export interface Exported {
  readonly rows: number;
  readonly files: readonly PartFile[];
}

/** Where files lie on their way to Discord; what is older than an hour was left by a process that is gone. */
export function sendingFolder({ config }: Pick<Context, 'config'>): string {
  return join(exportsFolder({ config }), 'sending');
}

function exportsFolder({ config }: Pick<Context, 'config'>): string {
  return resolve(config.DATA_DIR, 'exports');
}

/**
 * Has messages written into files. When one of them was deleted meanwhile, as when somebody had all of theirs deleted, it is not
 * handed on but made anew. Rejects with UserError for what people can do something about; no file stays then.
 */
export async function exportMessages(wanted: MessageExport, context: Context): Promise<Exported> {
  for (let tries = 1; ; tries++) {
    const made = await writeFiles(wanted, context);
    const last = made.files.at(-1)?.last;
    if (last === undefined) return made;
    try {
      if ((await countMessages(context.db, wanted.filter, last)) >= made.rows) return made;
    } catch (error) {
      await removeFiles(made.files);
      throw error;
    }
    await removeFiles(made.files);
    context.log.info({ tries }, 'messages of an export were deleted while it was made');
    if (tries === MOST_TRIES) throw new UserError('exports.changing');
  }
}

/** Reads a file to be sent, and removes it. */
export async function takeFile({ path }: PartFile): Promise<Uint8Array> {
  const bytes = await readFile(path);
  await rm(path, { force: true });
  return bytes;
}

export async function removeFiles(files: readonly PartFile[]): Promise<void> {
  await Promise.all(files.map(({ path }) => rm(path, { force: true })));
}

async function writeFiles(wanted: MessageExport, context: Context): Promise<Exported> {
  const { signal, onRows } = wanted;
  const files: PartFile[] = [];
  try {
    await context.io.export(orderOf(wanted, context), { signal, onRows, onPart: (part) => void files.push(part) });
    return { files, rows: files.reduce((sum, { rows }) => sum + rows, 0) };
  } catch (error) {
    await removeFiles(files);
    const said = error instanceof ExportError ? REASONS[error.code] : undefined;
    throw said ? new UserError(said, { count: MOST_FILES }, { cause: error }) : error;
  }
}

const REASONS: Readonly<Partial<Record<ExportCode, Key>>> = {
  full: 'exports.full',
  large: 'exports.large',
  away: 'exports.away',
};

function orderOf(wanted: MessageExport, context: Context): ExportOrder {
  const { filter, format, packing, channels, reader, place } = wanted;
  const day = context.now().toISOString().slice(0, 10);
  const apart = crypto.randomUUID().slice(0, 8);
  return {
    ...{ wanted: { kind: 'messages', filter }, format, packing, channels, after: null, firstPart: 1 },
    name: `messages-${day}-${apart}`,
    ...(place.kind === 'folder'
      ? { folder: exportsFolder(context), partBytes: 500 * MEGABYTE, mostParts: 1_000 }
      : { folder: sendingFolder(context), partBytes: place.uploadBytes - SPARE, mostParts: MOST_FILES }),
    words: transcriptWords(reader),
  };
}
