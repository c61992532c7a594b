import type { Key } from '../../lib/i18n.ts';
import type { Said, Words } from '../answers/words.ts';
import type { KeptAttachment } from './kept-messages.ts';

/** Something of a thing that is different now. Left out is what there is not, or what nobody knows. */
export interface Changed {
  readonly what: Said;
  readonly from?: Words;
  readonly to?: Words;
}

/** A message as it was, in a list of many. */
export interface Deleted {
  readonly id: string;
  readonly author?: string;
  readonly authorName?: string;
  readonly text?: string;
  readonly files?: readonly string[];
}

/** What a server is told of something that has happened in it: plain data, in no language. */
export interface LogEntry {
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly title: Key;
  readonly said: Said;
  /** To where it happened. */
  readonly link?: string;
  readonly changes?: readonly Changed[];
  /** What people wrote: before, after, or both, of which then the difference is shown. */
  readonly before?: string;
  readonly after?: string;
  readonly messages?: readonly Deleted[];
  /** Files that went with it and are sent once more, as far as they can be. */
  readonly files?: readonly KeptAttachment[];
  /** Who did it: an id, or null while nobody knows. Left out where that is not asked. */
  readonly actor?: string | null;
  /** What is said while nobody knows: nothing, or that it may have been whoever wrote it ["by unknown"]. */
  readonly unclaimed?: 'silent' | 'author';
  readonly reason?: string;
}

/** By what a server may leave something out. */
export interface About {
  readonly user?: string | undefined;
  readonly bot?: boolean | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly channel?: string | undefined;
}

/** An entry as a kind makes it. */
export interface Made extends Omit<LogEntry, 'kind' | 'at' | 'actor'> {
  readonly about: About;
  /** By any of these an entry of the audit log is known that says who did it. */
  readonly audit?: readonly string[];
  /** Where it is known already. */
  readonly actor?: string | undefined;
}
