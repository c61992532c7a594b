import { toWire } from '../../lib/errors.ts';
import { archiveReport, type Listing } from './archive.ts';
import type { ArchiveEntry } from './archive-entries.ts';
import { LimitError } from './budget.ts';
import { hasAt } from './magic.ts';
import type { Opener } from './opener.ts';
import { nextRar4 } from './rar4.ts';
import { nextRar5 } from './rar5.ts';
import type { Finding } from './report.ts';

/** What one header of a RAR archive says, and where the next one stands. */
export type RarHeader =
  | { readonly kind: 'file'; readonly entry: ArchiveEntry; readonly next: number }
  | { readonly kind: 'locked' }
  | { readonly kind: 'end' }
  | { readonly kind: 'other'; readonly volume: boolean; readonly next: number };

const RAR5 = 'Rar!\x1a\x07\x01\0';

/** RAR archives of both kinds: what their headers tell. What is packed in them stays packed. */
export const openRar: Opener = async (opening) => {
  const { bytes, budget } = opening;
  const five = hasAt(bytes, 0, RAR5);
  const entries: ArchiveEntry[] = [];
  const findings: Finding[] = [];
  const limits = [];
  try {
    for (let at = five ? 8 : 7; at < bytes.length; ) {
      budget.take('entries', 1);
      const header = five ? nextRar5(bytes, at) : nextRar4(bytes, at);
      if (header.kind === 'end') break;
      if (header.kind === 'locked') {
        findings.push({ code: 'names-encrypted', level: 'careful', params: {} });
        break;
      }
      if (header.kind === 'file') entries.push(header.entry);
      else if (header.volume) findings.push({ code: 'part-of-many', level: 'careful', params: {} });
      at = header.next;
      if (at > bytes.length) throw new Error('cut off');
    }
  } catch (error) {
    if (error instanceof LimitError) limits.push(error.hit);
    else findings.push({ code: 'broken', level: 'careful', params: { where: toWire(error).message } });
  }
  const listing: Listing = {
    entries,
    findings,
    limits,
    facts: [{ label: 'packedWith', code: 'plain', params: { value: five ? 'RAR 5' : 'RAR 4' } }],
  };
  return archiveReport({ type: 'rar', mime: 'application/vnd.rar' }, opening, listing);
};
