import { Constants, type REST } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { Context } from '../../context.ts';
import type { NewItem } from '../../db/mass-runs.ts';
import type { PatternSource } from '../patterns/patterns.ts';
import { textsMatching } from '../patterns/patterns.ts';

/** Which messages are meant; all that is given has to fit. */
export interface MessageFilter {
  readonly channel: string;
  readonly most: number;
  readonly user?: string | undefined;
  readonly bots?: boolean | undefined;
  readonly contains?: string | undefined;
  readonly pattern?: PatternSource | undefined;
  readonly links?: boolean | undefined;
  readonly files?: boolean | undefined;
  /** Pinned ones are kept unless this is true. */
  readonly pinned?: boolean | undefined;
  /** Ids; only what is older than the one and newer than the other. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** So many are looked at for those that fit: some seconds' work. */
export const MOST_READ = 5_000;
const PAGE = 100;
const LINK = /https?:\/\/\S/i;
const LONGEST_NOTE = 4_500;
/** Discord deletes none of these, such as what a thread began with: one of them would stop all. */
const KEPT: ReadonlySet<number> = new Set(Constants.UndeletableMessageTypes);

export interface Found {
  readonly items: readonly NewItem[];
  /** Whether older ones were not looked at. */
  readonly more: boolean;
}

/** The newest messages that fit, newest first. Rejects as Discord does. */
export async function findMessages(filter: MessageFilter, context: Context, signal: AbortSignal): Promise<Found> {
  const items: NewItem[] = [];
  let before = filter.before;
  for (let read = 0; read < MOST_READ; read += PAGE) {
    const page = await pageBefore(context.discord.rest, filter.channel, before, signal);
    const inReach = page.filter(({ id }) => filter.after === undefined || BigInt(id) > BigInt(filter.after));
    for (const message of await fitting(inReach, filter, context, signal)) {
      items.push(itemOf(message));
      if (items.length >= filter.most) return { items, more: false };
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE || inReach.length < page.length) return { items, more: false };
  }
  return { items, more: true };
}

async function pageBefore(rest: Pick<REST, 'get'>, channel: string, before: string | undefined, signal: AbortSignal) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
  return (await rest.get(Routes.channelMessages(channel), { query, signal })) as APIMessage[]; // what Discord answers to this request
}

async function fitting(
  page: readonly APIMessage[],
  filter: MessageFilter,
  { workers }: Context,
  signal: AbortSignal,
): Promise<readonly APIMessage[]> {
  const fits = page.filter((message) => looksLike(message, filter));
  if (!filter.pattern || fits.length === 0) return fits;
  const texts = fits.map(({ content }) => content);
  const found = await textsMatching(workers, filter.pattern, texts, { signal });
  return fits.filter((_, at) => found.has(at));
}

function looksLike(
  message: APIMessage,
  { user, bots, contains, links, files, pinned = false }: MessageFilter,
): boolean {
  if (KEPT.has(message.type) || (message.pinned && !pinned)) return false;
  if (user !== undefined && message.author.id !== user) return false;
  if (bots !== undefined && (message.author.bot ?? false) !== bots) return false;
  if (contains !== undefined && !message.content.toLowerCase().includes(contains.toLowerCase())) return false;
  if (links !== undefined && LINK.test(message.content) !== links) return false;
  return files === undefined || message.attachments.length > 0 === files;
}

/** What is kept of a message that is about to be deleted. */
function itemOf(message: APIMessage): NewItem {
  const { id, author, poll, sticker_items: stickers = [], message_snapshots: forwarded = [] } = message;
  const said = [message, ...forwarded.map(({ message: one }) => one)].flatMap(textsOf);
  const rest = [...stickers.map(({ name }) => `[${name}]`), ...(poll?.question.text ? [poll.question.text] : [])];
  const note = [...said, ...rest].filter((part) => part !== '').join('\n');
  return {
    ...{ target: id, name: `${author.username} (${author.id})` },
    note: note.replaceAll('\0', '').slice(0, LONGEST_NOTE).toWellFormed(), // which the database does not take
  };
}

function textsOf({ content, attachments, embeds }: Pick<APIMessage, 'content' | 'attachments' | 'embeds'>) {
  const files = attachments.map(({ filename, url }) => `[${filename}] ${url}`);
  const cards = embeds.map(({ title, description }) => [title, description].filter(Boolean).join(': '));
  return [content, ...files, ...cards];
}
