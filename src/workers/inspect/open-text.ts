import { decode } from './decode.ts';
import type { Opener } from './opener.ts';
import { reportOf } from './report.ts';
import { safeLines } from './safe-text.ts';
import { claimOf, measure, shapeOf } from './shape.ts';

const PREVIEW = { lines: 12, width: 100 };

/** Text of every kind: which it is, its shape, and its first lines. */
export const openText: Opener = async ({ bytes, name, declared, budget }) => {
  budget.take('bytesOut', bytes.length);
  const decoded = await decode(bytes);
  if (decoded.kind === 'binary') return reportOf('unknown', 'application/octet-stream');
  const { text, encoding } = decoded;
  const lines = measure(text);
  const what = shapeOf(text, lines, claimOf(name, declared));
  const type = what.kind === 'broken json' ? 'json' : what.kind;
  return reportOf(type, 'text/plain', {
    facts: [{ label: 'type', code: 'plain', params: { value: encoding } }],
    previews: [{ kind: 'text', language: '', text: safeLines(text, PREVIEW) }],
  });
};
