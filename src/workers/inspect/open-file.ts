import { toWire } from '../../lib/errors.ts';
import { type Listed, notListed } from '../../lib/links/domain-list.ts';
import { type Budget, LimitError } from './budget.ts';
import { openOtherZip } from './document-contents.ts';
import { hasAt } from './magic.ts';
import { maskReport } from './mask-report.ts';
import { nameFindings } from './names.ts';
import type { Opening } from './opener.ts';
import { OPENERS } from './openers.ts';
import { polyglotFindings } from './polyglot.ts';
import { type Finding, type Report, reportOf } from './report.ts';
import { Tree } from './tree.ts';
import { type TrueType, trueType } from './true-type.ts';

interface File {
  readonly name: string;
  readonly declared: string;
  readonly bytes: Uint8Array;
  /** Which list calls a host dangerous; none does unless given. */
  readonly listed?: Listed;
  /** Told of what an opener throws, here or further in, limits aside. It should know what is broken itself; whatever it throws, the report calls broken. */
  readonly onFault?: (error: unknown) => void;
}

type Shared = Pick<Opening, 'budget' | 'depth' | 'tree'>;

/** Opens a file by what it really is, and what is in it by the same way, within one budget. */
export async function openFile(
  file: File,
  budget: Budget,
  depth = 0,
  tree = new Tree(file.bytes.length),
): Promise<Report> {
  const what = await trueType(file.bytes, file.name);
  const report = await open(file, what, { budget, depth, tree });
  const outside = [
    ...nameFindings(file.name, file.declared, what),
    ...polyglotFindings(file.bytes, what.type),
    ...unopened(report),
  ];
  return maskReport({ ...report, findings: [...outside, ...report.findings] });
}

/** Nothing was found in it, because nobody has looked. */
function unopened({ type }: Report): Finding[] {
  return type === 'unknown' || type === 'other' ? [{ code: 'not-opened', level: 'unseen', params: {} }] : [];
}

async function open(
  { listed = notListed, onFault, ...file }: File,
  { type, mime }: TrueType,
  shared: Shared,
): Promise<Report> {
  const opener = OPENERS[type] ?? (type === 'other' && hasAt(file.bytes, 0, 'PK') ? openOtherZip(mime) : undefined);
  if (!opener) return reportOf(type, mime);
  try {
    const { budget, depth, tree } = shared;
    budget.checkDepth(depth);
    const inside = (name: string, bytes: Uint8Array) =>
      openFile({ name, declared: '', bytes, listed, ...(onFault && { onFault }) }, budget, depth + 1, tree);
    return await opener({ ...file, ...shared, listed, inside });
  } catch (error) {
    if (error instanceof LimitError) return reportOf(type, mime, { limits: [error.hit] });
    onFault?.(error);
    const where = toWire(error).message.slice(0, 200);
    return reportOf(type, mime, { findings: [{ code: 'broken', level: 'careful', params: { where } }] });
  }
}
