import type { APIMessage, APIReaction } from 'discord-api-types/v10';
import { unknown } from '../api-error.ts';
import type { Id } from '../snowflake.ts';
import type { Guild } from './guilds.ts';
import type { State } from './state.ts';

export interface EmojiRef {
  readonly id: Id | null;
  readonly name: string;
  readonly animated?: boolean;
}

/** Reads the emoji of a path: a character, or `name:id` of a server's own. */
export function readEmojiRef(guild: Guild | undefined, text: string): EmojiRef {
  const custom = /^(?:a:)?([^:]+):(\d+)$/.exec(text);
  if (!custom) {
    if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)) throw unknown('emoji');
    return { id: null, name: text };
  }
  const emoji = guild?.emojis.get(custom[2] ?? '');
  if (!emoji) throw unknown('emoji');
  return { id: emoji.id, name: emoji.name, ...(emoji.animated && { animated: true }) };
}

export function keyOf(emoji: EmojiRef): string {
  return emoji.id === null ? emoji.name : `${emoji.name}:${emoji.id}`;
}

/** A message with its reactions as one reader sees them. */
export function withReactions(state: State, message: APIMessage, reader: Id): APIMessage {
  const reactions = state.reactions.get(message.id);
  if (!reactions || reactions.size === 0) return message;
  const listed = [...reactions].map(([key, users]): APIReaction => {
    const [name = '', id] = key.split(':');
    const count = users.size;
    return {
      emoji: { id: id ?? null, name },
      count,
      count_details: { burst: 0, normal: count },
      burst_colors: [],
      me: users.has(reader),
      me_burst: false,
    };
  });
  return { ...message, reactions: listed };
}
