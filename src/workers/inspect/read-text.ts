import { type Decoded, decode } from './decode.ts';
import type { Opening } from './opener.ts';
import type { Fact, LimitHit } from './report.ts';
import { measure } from './shape.ts';

/** A text as far as there are bytes for it in the budget. */
export interface ReadText {
  readonly decoded: Extract<Decoded, { kind: 'text' }>;
  /** Whether all of it could be read; else the limit is there. */
  readonly whole: boolean;
  readonly limits: LimitHit[];
}

/** Takes the bytes of a text from the budget, and decodes them; nothing when they are no text. */
export async function readText({ bytes, budget }: Pick<Opening, 'bytes' | 'budget'>): Promise<ReadText | undefined> {
  const allowed = Math.min(bytes.length, budget.left('bytesOut'));
  budget.take('bytesOut', allowed);
  const decoded = await decode(bytes.subarray(0, allowed));
  if (decoded.kind === 'binary') return undefined;
  const whole = allowed === bytes.length;
  return {
    decoded,
    whole,
    limits: whole ? [] : [{ limit: 'bytesOut', allowed: budget.limits.bytesOut, seen: bytes.length }],
  };
}

/** Its encoding, its lines, the longest of them. */
export function textFact({ encoding, text }: Pick<ReadText['decoded'], 'encoding' | 'text'>): Fact {
  const { lines, longestLine: longest } = measure(text);
  if (encoding === 'unknown') return { label: 'text', code: 'textUnknown', params: { lines, longest } };
  return {
    label: 'text',
    code: 'text',
    params: { encoding: encoding.toUpperCase().replace('_', '-'), lines, longest },
  };
}
