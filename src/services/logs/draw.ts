import type { Context } from '../../context.ts';
import type { Item } from './item.ts';
import type { KeptFiles } from './kept-files.ts';
import { deletedLines } from './words.ts';

/** Letters of what stayed that are shown on each side of a change. */
const AROUND = 60;
/** Texts that are longer are shown cut, and go along as a file. */
const LONGEST_TEXT = 900;

export interface Drawing extends Pick<Context, 'workers' | 'log'> {
  readonly keptFiles: KeptFiles;
}

/** Has a thread make what an entry needs besides its words: what was changed in a text, a file of what has no room, files that are sent once more. */
export function draw(item: Item, context: Drawing, done: () => void): void {
  const { log } = context;
  const work = drawing(item, context);
  if (!work) return;
  item.drawing = true;
  work
    .catch((error: unknown) => log.warn({ error, kind: item.entry?.kind }, 'an entry of an event log is told as it is'))
    .finally(() => {
      item.drawing = false;
      done();
    });
}

function drawing(item: Item, { workers, keptFiles }: Drawing): Promise<unknown> | undefined {
  const words = drawnWords(item, workers);
  const files = item.entry?.files ?? [];
  if (files.length === 0) return words;
  const kept = keptFiles.fetch(item.guild, files).then(({ files: found, lost, release }) => {
    item.release = release;
    item.drawn = { ...item.drawn, kept: found, lost };
  });
  return Promise.all([words, kept]);
}

function drawnWords(item: Item, workers: Context['workers']): Promise<void> | undefined {
  const { entry } = item;
  if (!entry) return undefined;
  const { before, after, messages = [] } = entry;
  if (messages.length > 0) return file(item, `deleted-messages.txt`, deletedLines(messages), workers);
  if (before !== undefined && after !== undefined) {
    return workers.offload('diffWords', { before, after, around: AROUND }).then((difference) => {
      item.drawn = { ...item.drawn, difference };
    });
  }
  const text = before ?? after ?? '';
  return text.length > LONGEST_TEXT ? file(item, 'message.txt', [text], workers) : undefined;
}

async function file(item: Item, name: string, lines: readonly string[], workers: Context['workers']): Promise<void> {
  const { bytes } = await workers.offload('writeLog', { lines: [...lines] });
  item.drawn = { ...item.drawn, file: { name, bytes } };
}
