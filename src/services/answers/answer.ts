import type { ChannelType } from 'discord-api-types/v10';
import type { Key } from '../../lib/i18n.ts';
import { type Params, t, type Words } from './words.ts';

/** Colour by meaning: the bar at the side of an answer. */
export type Tone = 'info' | 'good' | 'warning' | 'bad';
export type Visible = 'public' | 'private';

export interface Button {
  readonly label: Words;
  readonly style?: 'primary' | 'secondary' | 'success' | 'danger';
  readonly customId: string;
  readonly disabled?: boolean;
}

export interface LinkButton {
  readonly label: Words;
  readonly url: string;
}

export interface SelectOption {
  readonly value: string;
  readonly label: Words;
  readonly description?: Words;
  readonly selected?: boolean;
}

export type Select =
  | {
      readonly of: 'text';
      readonly customId: string;
      readonly placeholder?: Words;
      readonly options: readonly SelectOption[];
    }
  | {
      readonly of: 'user' | 'role' | 'mentionable' | 'channel';
      readonly customId: string;
      readonly placeholder?: Words;
      readonly chosen?: readonly string[];
      /** Fewest and most that may be chosen; one of each unless said. */
      readonly min?: number;
      readonly max?: number;
      /** Discord channel types offered, for `of: 'channel'`. */
      readonly channelTypes?: readonly ChannelType[];
    };

/** What an answer is made of, top to bottom. */
export type Part =
  | { readonly kind: 'text'; readonly text: Words }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [label: Words, value: Words])[] }
  | { readonly kind: 'lines'; readonly title?: Words; readonly lines: readonly Words[] }
  | { readonly kind: 'points'; readonly points: readonly Words[] }
  | { readonly kind: 'code'; readonly text: string; readonly language?: string }
  /** A picture that Discord fetches from where it is; `description` is read out to people who do not see it. */
  | { readonly kind: 'picture'; readonly url: string; readonly description: string }
  | { readonly kind: 'line' }
  | { readonly kind: 'small'; readonly text: Words }
  | { readonly kind: 'buttons'; readonly buttons: readonly (Button | LinkButton)[] }
  | { readonly kind: 'select'; readonly select: Select };

export interface Attached {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Read out to people who do not see a picture. */
  readonly description?: string;
  /** Whether a picture is covered until somebody wants to see it. */
  readonly spoiler?: boolean;
}

/** An answer as a plain value. The dispatcher renders it in the reader's language. */
export interface Answer {
  readonly tone: Tone;
  readonly title?: Words;
  /** A small picture beside the title, by address. */
  readonly thumbnail?: string;
  readonly parts: readonly Part[];
  /** What to do next, where there is something. */
  readonly next?: Words;
  /** Who sees it; what the command says unless set. */
  readonly visible?: Visible;
  readonly files?: readonly Attached[];
  /** Pictures shown in the answer itself. */
  readonly pictures?: readonly Attached[];
  /** Only says how far it is: the answer proper is still to come, and takes its place. */
  readonly interim?: boolean;
  /** Further cards under this one, in the same message. */
  readonly also?: readonly Answer[];
}

/** One sentence of the catalogue as an answer. */
export function say(key: Key, params?: Params, more: Partial<Answer> = {}): Answer {
  return { tone: 'info', parts: [{ kind: 'text', text: t(key, params) }], ...more };
}
