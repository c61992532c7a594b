import type { Address } from '../db/pool.ts';
import type { WireError } from '../lib/errors.ts';
import type { Kept } from '../lib/http-cache.ts';
import type { HttpOutcome } from '../lib/http-failure.ts';
import type { DownloadCode, Downloaded } from './download.ts';
import type { ErrandConfig } from './errand.ts';
import type { ErrandFailure } from './errand-failure.ts';
import type { ExportOrder, ExportReply } from './exports/order.ts';

/** What the I/O thread is started with. */
export interface IoThreadData {
  readonly kind: 'rockhopper-io-thread';
  /** Hosts that attachments may come from besides Discord's own. */
  readonly hosts: readonly string[];
  readonly concurrency: number;
  readonly userAgent: string;
  /** Hosts of outside services that may be private and do without https. */
  readonly trustedHosts: readonly string[];
  /** Nothing where no errands are run, as in tests of downloads. */
  readonly errands: ErrandConfig | undefined;
  /** Where exports read, each on a connection of its own; nothing where there are none. */
  readonly database: Address | undefined;
}

/** What the main thread says. */
export type IoCall =
  | {
      readonly kind: 'download';
      readonly id: number;
      readonly url: string;
      readonly maxBytes: number;
      readonly deadlineMs: number;
    }
  | { readonly kind: 'errand'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'export'; readonly id: number; readonly order: ExportOrder }
  /** The caller is gone; `late` when its time was up, which says something of the service. */
  | { readonly kind: 'abort'; readonly id: number; readonly late: boolean }
  /** The answer to `look-up`. */
  | { readonly kind: 'looked-up'; readonly id: number; readonly kept: Kept | undefined };

/** What the I/O thread says: answers, and what it wants of the main thread, which has the database. */
export type IoReply =
  | ({ readonly kind: 'downloaded'; readonly id: number } & Downloaded)
  | { readonly kind: 'failed'; readonly id: number; readonly code: DownloadCode; readonly error: WireError }
  | { readonly kind: 'errand-done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'errand-failed'; readonly id: number; readonly failure: ErrandFailure }
  | ExportReply
  | { readonly kind: 'look-up'; readonly id: number; readonly key: string }
  | { readonly kind: 'keep'; readonly key: string; readonly kept: Kept }
  | { readonly kind: 'counted'; readonly host: string; readonly outcome: HttpOutcome };
