import type { MessageFilter } from '../../db/message-export.ts';
import type { WireError } from '../../lib/errors.ts';
import type { Packing } from './pack.ts';
import type { TranscriptWords } from './transcript.ts';
import type { Part } from './write-export.ts';

export type ExportFormat = 'jsonl' | 'csv' | 'html';

/** What is to be exported, and which of it. */
export type Wanted = { readonly kind: 'messages'; readonly filter: MessageFilter };

/** An export, as plain data. */
export interface ExportOrder {
  readonly wanted: Wanted;
  readonly format: ExportFormat;
  readonly packing: Packing;
  /** Files are `<folder>/<name>-<number>.<extension>`. */
  readonly folder: string;
  readonly name: string;
  readonly partBytes: number;
  readonly firstPart: number;
  readonly mostParts: number;
  /** The key behind which it begins; null: from the start. */
  readonly after: string | null;
  /** Names of channels, by id. */
  readonly channels: Readonly<Record<string, string>>;
  readonly words: TranscriptWords;
}

/** A file of an export, where it lies. */
export interface PartFile extends Part {
  readonly path: string;
}

/**
 * Why an export came to nothing: there is no room for its files (`full`), there are too many of them (`large`), the database cannot be
 * reached (`away`), it was stopped (`aborted`), or something else.
 */
export type ExportCode = 'full' | 'large' | 'away' | 'aborted' | 'failed';

/** What is said of an export. */
export type ExportReply =
  | { readonly kind: 'export-rows'; readonly id: number; readonly rows: number }
  | { readonly kind: 'export-part'; readonly id: number; readonly part: PartFile }
  | { readonly kind: 'exported'; readonly id: number }
  | { readonly kind: 'export-failed'; readonly id: number; readonly code: ExportCode; readonly error: WireError };
