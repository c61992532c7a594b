import { createHash } from 'node:crypto';
import type { RawFile, REST } from 'discord.js';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import { findSent } from './find-sent.ts';

/** A message as Discord takes it, and the files beside it. */
export interface Outgoing {
  readonly body: object;
  readonly files?: readonly RawFile[];
}

export interface Once {
  /** The same for every try to send this message, and for no other message: at most 16 characters. */
  readonly nonce: string;
  /** When the first try began, if this is another: the message may be there already. */
  readonly tried?: { readonly at: Date; readonly ms: number } | undefined;
  /** The bot's own id. */
  readonly self: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * For so long Discord surely knows a nonce again. It says "a few minutes"; we rely on less, and look for the message
 * ourselves after that.
 */
export const NONCE_HONOURED_MS = 90_000;

/**
 * Sends a message that may have been sent already by a try whose answer nobody heard, and gives the one that is there.
 * A message that has buttons is known by their ids, another by its words: these are to be the same at every try. Where it
 * cannot be known whether the message is there it is not sent: UnsureSentError.
 */
export async function sendOnce(
  rest: Pick<REST, 'get' | 'post'>,
  channel: string,
  { body, files = [] }: Outgoing,
  { nonce, tried, self, signal }: Once,
): Promise<APIMessage> {
  const own = `${nonce}${hash(channel, 8)}`;
  if (tried && tried.ms > NONCE_HONOURED_MS) {
    const there = await findSent(rest, channel, { since: tried.at, signal }, (message) =>
      message.author.id === self ? message.nonce === own || saysTheSame(message, body) : false,
    );
    if (there) return there;
  }
  const sent = await rest.post(Routes.channelMessages(channel), {
    body: { ...body, nonce: own, enforce_nonce: true },
    files: [...files],
    ...(signal && { signal }),
  });
  return sent as APIMessage; // what Discord answers to this request
}

/** A short text that is different for different parts. */
export function hash(parts: string, length: number): string {
  return createHash('sha256').update(parts).digest('base64url').slice(0, length);
}

function saysTheSame(message: APIMessage, body: object): boolean {
  const { content, embeds, components } = message;
  const there = { content, embeds, components };
  const ids = customIdsIn(body);
  return ids.length > 0 ? same(ids, customIdsIn(there)) : same(textsOf(body, WORDS), textsOf(there, WORDS));
}

const BUTTONS: ReadonlySet<string> = new Set(['custom_id']);
const WORDS: ReadonlySet<string> = new Set(['content', 'title', 'description', 'name', 'value', 'label']);

/** What the buttons and the like of a message are known by. */
export function customIdsIn(body: unknown): readonly string[] {
  return textsOf(body, BUTTONS);
}

/** The texts under these keys, wherever they stand; Discord trims them. */
function textsOf(value: unknown, keys: ReadonlySet<string>): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) => {
    if (typeof own !== 'string') return textsOf(own, keys);
    return keys.has(key) && own.trim() !== '' ? [own.trim()] : [];
  });
}

function same(one: readonly string[], other: readonly string[]): boolean {
  const [left, right] = [one.toSorted(), other.toSorted()]; // Discord keeps no order of fields
  return left.length > 0 && left.length === right.length && left.every((text, at) => text === right[at]);
}
