import type { AutocompleteInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import type { Registry } from './registry.ts';

export interface Choice {
  readonly name: string;
  readonly value: string;
}

export interface Typing {
  /** What stands in the option so far. */
  readonly typed: string;
  readonly interaction: AutocompleteInteraction;
  readonly registry: Registry;
}

/** Offers choices for what is being typed. It cannot be deferred, so it must answer from memory or an index. */
export type Suggest = (typing: Typing, context: Context) => readonly Choice[] | Promise<readonly Choice[]>;
