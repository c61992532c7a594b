import type { Context } from '../../context.ts';
import type { Item } from './item.ts';
import { deletedLines } from './words.ts';

/** Letters of what stayed that are shown on each side of a change. */
const AROUND = 60;
/** Texts that are longer are shown cut, and go along as a file. */
const LONGEST_TEXT = 900;

/** Has a thread make what an entry needs besides its words: what was changed in a text, a file of what has no room. */
export function draw(item: Item, { workers, log }: Pick<Context, 'workers' | 'log'>, done: () => void): void {
  const work = drawing(item, workers);
  if (!work) return;
  item.drawing = true;
  work
    .catch((error: unknown) => log.warn({ error, kind: item.entry?.kind }, 'an entry of an event log is told as it is'))
    .finally(() => {
      item.drawing = false;
      done();
    });
}

function drawing(item: Item, workers: Context['workers']): Promise<void> | undefined {
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
