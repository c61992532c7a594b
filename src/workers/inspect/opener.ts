import type { Listed } from '../../lib/links/domain-list.ts';
import type { Budget } from './budget.ts';
import type { Report } from './report.ts';
import type { Tree } from './tree.ts';

/** A file to be opened in a thread: a stranger's bytes, and what a stranger says of them. */
export interface Opening {
  readonly name: string;
  /** The media type its sender claims. */
  readonly declared: string;
  readonly bytes: Uint8Array;
  /** 0 for the file itself, 1 for what is in it. */
  readonly depth: number;
  /** Shared with everything inside. */
  readonly budget: Budget;
  /** Shared like the budget: what all of it comes to. */
  readonly tree: Tree;
  /** Shared, too: which list calls a host dangerous. */
  readonly listed: Listed;
  /** Opens what was found inside, one level deeper, by its own content. */
  readonly inside: (name: string, bytes: Uint8Array) => Promise<Report>;
}

/**
 * Says what a file is. Takes from the budget before it spends, never trusts a length or an offset it reads, and runs
 * in linear time. A limit that is reached is in the report with what was seen until then; other errors mean "broken".
 */
export type Opener = (opening: Opening) => Promise<Report>;
