import { basename, dirname, resolve } from 'node:path';
import { type Config, secretsOf } from '../config.ts';
import { connect } from '../db/connect.ts';
import { countMessages, type MessageFilter } from '../db/message-export.ts';
import { createI18n } from '../lib/i18n.ts';
import { createLog } from '../lib/log.ts';
import { transcriptWords } from '../services/exports/transcript-words.ts';
import type { ExportOrder } from '../workers/exports/order.ts';
import { runExport } from '../workers/exports/run-export.ts';
import { fileSink } from '../workers/exports/sink.ts';
import type { ExportOptions } from './program.ts';
import { ProgressBar } from './progress-bar.ts';
import { standardOutput } from './standard-output.ts';

/** How long a server that is not there is waited for. Milliseconds. */
const WAIT_MS = 10_000;
/** What a ZIP can hold as it is written here. Bytes. */
const MOST_ZIP_BYTES = 4_000_000_000;

/** Writes kept messages to a file or standard output, as fast as that takes them. Asked to stop, it leaves no file. */
export async function exportMessages(config: Config, options: ExportOptions): Promise<void> {
  const stop = new AbortController();
  using _asked = onAsked(() => stop.abort(new Error('The export was stopped, and its file removed.')));
  const log = createLog({ level: 'silent', format: 'json', secrets: secretsOf(config) });
  const { DATABASE_URL: url, DATA_DIR: dataDir } = config;
  const { signal } = stop;
  await using database = await connect({ url, dataDir, log, signal, waitMs: WAIT_MS, connections: 1 });
  const { output } = options;
  const filter = filterOf(options);
  const shown = process.stderr.isTTY && (output !== undefined || !process.stdout.isTTY);
  const bar = new ProgressBar(shown ? await countMessages(database.db, filter, null) : undefined);
  await runExport(database.db, orderOf(filter, options), {
    signal,
    onRows: (rows) => bar.add(rows),
    onPart: () => {},
    open: () => (output === undefined ? standardOutput() : fileSink(resolve(output))),
  });
  bar.end();
}

function filterOf({ server, channel, author, from, to, text }: ExportOptions): MessageFilter {
  return {
    ...{ guild: server, channels: channel ?? null, author: author ?? null },
    ...{ from: from ?? null, to: to ?? null, text: text ?? null },
  };
}

/** All in one file. Names of channels only Discord knows, and it is not asked. */
function orderOf(filter: MessageFilter, { format, pack, output }: ExportOptions): ExportOrder {
  const path = resolve(output ?? 'messages');
  return {
    ...{ wanted: { kind: 'messages', filter }, format, packing: pack, channels: {}, after: null },
    ...{ folder: dirname(path), name: basename(path), firstPart: 1, mostParts: 1 },
    partBytes: pack === 'zip' ? MOST_ZIP_BYTES : Number.POSITIVE_INFINITY,
    words: transcriptWords({ i18n: createI18n(), locale: 'en' }),
  };
}

function onAsked(stop: () => void): Disposable {
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { [Symbol.dispose]: () => void process.off('SIGINT', stop).off('SIGTERM', stop) };
}
