import type { APIAttachment } from 'discord-api-types/v10';

/** A message as it was judged, with what a deed needs to know of it. An edit is another one with the same id. */
export interface JudgedMessage {
  readonly guild: string;
  /** Where it stands; a thread has its own. */
  readonly channel: string;
  readonly id: string;
  readonly author: string;
  /** Their name, without markdown being escaped. */
  readonly username: string;
  /** As the author had them when they wrote; without the one that everybody has. None of a webhook's. */
  readonly roles: readonly string[];
  /** When the author came to the server, as Discord writes it; nothing of a webhook's. */
  readonly joinedAt: string | undefined;
  readonly text: string;
  /** What else people read of it: what it forwards, embeds, polls, names of files and stickers. */
  readonly shown: readonly string[];
  /** Those of what it forwards among them. */
  readonly files: readonly APIAttachment[];
  readonly edited: boolean;
  /** Written by no member, but over this webhook. */
  readonly webhook: string | undefined;
  /** Written while the bot was away, and read since. */
  readonly missed: boolean;
}
