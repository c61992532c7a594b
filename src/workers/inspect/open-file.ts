import { toWire } from '../../lib/errors.ts';
import { type Budget, LimitError } from './budget.ts';
import { OPENERS } from './openers.ts';
import { type Report, reportOf } from './report.ts';
import { trueType } from './true-type.ts';

interface File {
  readonly name: string;
  readonly declared: string;
  readonly bytes: Uint8Array;
}

/** Opens a file by what it really is, and what is in it by the same way, within one budget. */
export async function openFile(file: File, budget: Budget, depth = 0): Promise<Report> {
  const { type, mime } = await trueType(file.bytes);
  const opener = OPENERS[type];
  if (!opener) return reportOf(type, mime);
  try {
    budget.checkDepth(depth);
    const inside = (name: string, bytes: Uint8Array) => openFile({ name, declared: '', bytes }, budget, depth + 1);
    return await opener({ ...file, depth, budget, inside });
  } catch (error) {
    if (error instanceof LimitError) return reportOf(type, mime, { limits: [error.hit] });
    const where = toWire(error).message.slice(0, 200);
    return reportOf(type, mime, { findings: [{ code: 'broken', level: 'careful', params: { where } }] });
  }
}
