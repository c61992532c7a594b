import type { RawFile } from 'discord.js';
import { type APIComponentInContainer, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { delay } from '../../lib/deadline.ts';
import type { Key } from '../../lib/i18n.ts';
import type { Workers } from '../../workers/offload.ts';
import type { Attached } from '../answers/answer.ts';
import type { Reader } from '../answers/words.ts';
import type { LogEntry } from './entry.ts';
import type { Item } from './item.ts';
import { plainOf, shownOf } from './words.ts';

/** A message and what it tells of. */
export interface Composed {
  readonly items: readonly Item[];
  readonly body: { readonly flags: number; readonly components: readonly object[]; readonly allowed_mentions: object };
  readonly files: readonly RawFile[];
  /** Whether it can be corrected: what stands in a file cannot. */
  readonly asFile: boolean;
}

const COLOUR = 0x5b6b7b;
/** Of the 4,000 that Discord takes there is room left for a word about what is missing. */
const MOST_TEXT = 3_700;
const MOST_COMPONENTS = 36;
const MOST_FILES = 9;
const MOST_BYTES = 9_000_000;
/** What does not fit into so many messages goes into a file. */
const MOST_MESSAGES = 3;
export const MOST_IN_FILE = 2_000;
/** Entries that are put into words in one turn of the event loop. */
const WORDS_A_TURN = 40;
const MOST_COUNTED = 8;
/** Component ids are numbers of 31 bits, and 0 is none. */
const MOST_ID = 2 ** 31 - 1;

type Sized = Item & { readonly entry: LogEntry };

/** As many of these as fit into a message, in their order; all of them in a file where they are too many for some messages. */
export async function compose(items: readonly Item[], { reader, dropped, workers }: Composing): Promise<Composed> {
  const ready = items.filter((item): item is Sized => item.entry !== undefined && !item.gone);
  const texts: string[] = [];
  for (const [at, { entry, drawn }] of ready.entries()) {
    if (at > 0 && at % WORDS_A_TURN === 0) await delay(0);
    texts.push(shownOf(entry, drawn, reader));
    if (texts.length > MOST_MESSAGES * MOST_COMPONENTS) break;
  }
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const many = texts.length > MOST_MESSAGES * MOST_COMPONENTS || size > MOST_MESSAGES * MOST_TEXT;
  if (many) return await composeFile(ready, { reader, dropped, workers });
  return composeShown(ready, texts, { reader, dropped, workers });
}

export interface Composing {
  readonly reader: Reader;
  /** How many are missing before these. */
  readonly dropped: number;
  readonly workers: Workers;
}

function composeShown(ready: readonly Sized[], texts: readonly string[], { reader, dropped }: Composing): Composed {
  const components: APIComponentInContainer[] = droppedNote(dropped, reader);
  const taken: Item[] = [];
  const files: Attached[] = [];
  let [length, bytes] = [0, 0];
  for (const [at, item] of ready.entries()) {
    const text = texts[at] ?? '';
    const { file: made, kept = [] } = item.drawn;
    const own = made ? [made, ...kept] : kept;
    length += text.length;
    bytes += own.reduce((sum, file) => sum + file.bytes.length, 0);
    const room = components.length + 1 + own.length <= MOST_COMPONENTS && files.length + own.length <= MOST_FILES;
    if (taken.length > 0 && (length > MOST_TEXT || bytes > MOST_BYTES || !room)) break;
    taken.push(item);
    components.push({ type: ComponentType.TextDisplay, id: componentId(item), content: text });
    for (const file of own) {
      const name = `${files.length + 1}-${file.name}`;
      files.push({ ...file, name });
      components.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
    }
  }
  return { items: taken, ...messageOf(components, files), asFile: false };
}

async function composeFile(ready: readonly Sized[], { reader, dropped, workers }: Composing): Promise<Composed> {
  const taken = ready.slice(0, MOST_IN_FILE);
  const lines: string[] = [];
  for (const [at, { entry }] of taken.entries()) {
    if (at > 0 && at % WORDS_A_TURN === 0) await delay(0);
    lines.push(plainOf(entry, reader));
  }
  const { bytes, left } = await workers.offload('writeLog', { lines });
  const items = taken.slice(0, taken.length - left);
  const file = { name: fileName(items), bytes };
  const components: APIComponentInContainer[] = [
    ...droppedNote(dropped, reader),
    { type: ComponentType.TextDisplay, content: inFileWords(items, reader) },
    { type: ComponentType.File, file: { url: `attachment://${file.name}` } },
  ];
  return { items, ...messageOf(components, [file]), asFile: true };
}

function messageOf(components: readonly APIComponentInContainer[], files: readonly Attached[]) {
  return {
    body: {
      flags: MessageFlags.IsComponentsV2 | MessageFlags.SuppressNotifications,
      components: [{ type: ComponentType.Container, accent_color: COLOUR, components }],
      allowed_mentions: { parse: [] },
    },
    files: files.map(({ name, bytes }) => ({ name, data: Buffer.from(bytes) })),
  };
}

/** How many of what stand in the file. */
function inFileWords(items: readonly Item[], { i18n, locale }: Reader): string {
  const counts = new Map<Key, number>();
  for (const { entry } of items) if (entry) counts.set(entry.title, (counts.get(entry.title) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_COUNTED);
  const kinds = most.map(([title, count]) => `${i18n.t(title, {}, locale)}: ${count}`).join(' · ');
  return `**${i18n.t('eventLogs.inFile', { count: items.length }, locale)}**\n${kinds}`;
}

function droppedNote(dropped: number, { i18n, locale }: Reader): APIComponentInContainer[] {
  if (dropped === 0) return [];
  return [
    { type: ComponentType.TextDisplay, content: `-# ${i18n.t('eventLogs.dropped', { count: dropped }, locale)}` },
  ];
}

/** By which an entry is found again in a message, after a crash. */
export function componentId({ place }: Pick<Item, 'place'>): number {
  return 1 + (place % MOST_ID);
}

function fileName(items: readonly Item[]): string {
  return `log-${items[0]?.place ?? 0}-${items.at(-1)?.place ?? 0}.txt`;
}

/** From which place to which one a file tells of. */
export function placesIn(fileName: string): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = /^log-(\d+)-(\d+)\.txt$/.exec(fileName) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
