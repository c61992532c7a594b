import { type Static, Type } from '@sinclair/typebox';
import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { AllowedMentionsTypes } from 'discord-api-types/v10';

/** What a scheduled post's timer keeps: the words of a moderator, sent as they are. */
export const PostPayload = Type.Object({
  text: Type.Optional(Type.String({ maxLength: 2_000 })),
  title: Type.Optional(Type.String({ maxLength: 256 })),
  description: Type.Optional(Type.String({ maxLength: 4_000 })),
  colour: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xff_ff_ff })),
  picture: Type.Optional(Type.String({ pattern: '^https://', maxLength: 500 })),
  /** Whether those who are named in it are told: the moderator may mention everyone, and said so. */
  mentions: Type.Boolean(),
});
export type PostPayload = Static<typeof PostPayload>;

/** What is said under a post that comes late. */
export interface WasDue {
  readonly at: Date;
  readonly words: string;
}

/**
 * The message as Discord takes it. That it is late stands in the footer of its card, which is none of the words that a
 * message is known again by: the next try may be late when the first was not.
 */
export function postBody(
  { text, mentions, ...embed }: PostPayload,
  wasDue?: WasDue,
): RESTPostAPIChannelMessageJSONBody {
  const { title, description, colour, picture } = embed;
  const shown = hasEmbed(embed) || wasDue !== undefined;
  return {
    ...(text !== undefined && { content: text }),
    ...(shown && {
      embeds: [
        {
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description }),
          ...(colour !== undefined && { color: colour }),
          ...(picture !== undefined && { image: { url: picture } }),
          ...(wasDue && { footer: { text: wasDue.words }, timestamp: wasDue.at.toISOString() }),
        },
      ],
    }),
    allowed_mentions: { parse: mentions ? Object.values(AllowedMentionsTypes) : [] },
  };
}

/** A colour alone is nothing to see. */
export function hasEmbed({ title, description, picture }: Omit<PostPayload, 'mentions'>): boolean {
  return title !== undefined || description !== undefined || picture !== undefined;
}
