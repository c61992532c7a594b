import { type Static, Type } from '@sinclair/typebox';
import { diffLines } from '../diff/diff-lines.ts';
import { countLines } from '../diff/lines.ts';
import { Budget, FEW, Limits } from '../inspect/budget.ts';
import { decode } from '../inspect/decode.ts';
import { hideColumnsOf } from '../inspect/hidden-columns.ts';
import { safeText } from '../inspect/safe-text.ts';
import { maskSecrets } from '../inspect/secrets.ts';
import { defineTask } from '../task.ts';

/** Lines of the diff that are told, and how wide. */
const MOST_LINES = 2_000;
const WIDEST = 300;
/** Of both together. */
const MOST_BYTES = 50_000_000;
/** A part of the time is left for putting together what was found. */
const SHARE = 0.6;

const Input = Type.Object({
  before: Type.Object({ bytes: Type.Uint8Array(), name: Type.String() }),
  after: Type.Object({ bytes: Type.Uint8Array(), name: Type.String() }),
  limits: Limits,
});

const Output = Type.Union([
  Type.Object({
    kind: Type.Literal('diff'),
    /** A unified diff, safe inside a code block. */
    patch: Type.String(),
    /** Lines of the diff that are left out. */
    more: Type.Integer(),
    added: Type.Integer(),
    removed: Type.Integer(),
    /** False: some lines that could have stayed are told as replaced, because there was not the time to find out. */
    fewest: Type.Boolean(),
    /** Whether one ends its lines with CR LF and the other with LF. */
    lineEndsDiffer: Type.Boolean(),
  }),
  /** `inspect.diff.refused`: with the file's name, with the limit in bytes or lines of both together. */
  Type.Object({ kind: Type.Literal('notText'), name: Type.String() }),
  Type.Object({ kind: Type.Union([Type.Literal('tooLarge'), Type.Literal('tooLong')]), limit: Type.Integer() }),
]);

/** What has changed from one stranger's text to another, line by line, within a time. Secrets are masked, in tables whole columns of them. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 10_000,
  input: Input,
  output: Output,
  sample: {
    before: { bytes: new TextEncoder().encode('one\ntwo\n'), name: 'a.txt' },
    after: { bytes: new TextEncoder().encode('one\nthree\n'), name: 'b.txt' },
    limits: FEW,
  },
  async run({ before, after, limits }): Promise<Static<typeof Output>> {
    const began = performance.now();
    const most = Math.min(limits.bytesOut, MOST_BYTES);
    if (before.bytes.length + after.bytes.length > most) return { kind: 'tooLarge', limit: most };
    const budget = new Budget(limits);
    const [old, fresh] = [await textOf(before.bytes), await textOf(after.bytes)];
    if (old === undefined || fresh === undefined) {
      return { kind: 'notText', name: safeText(maskSecrets(old === undefined ? before.name : after.name).text, 100) };
    }
    if (countLines(old) + countLines(fresh) > limits.rows) return { kind: 'tooLong', limit: limits.rows };
    const tick = () => budget.checkTime();
    const version = (text: string) => ({ text, shown: maskSecrets(hideColumnsOf(text, tick), tick).text });
    const over = () => performance.now() - began > limits.milliseconds * SHARE;
    const { lines, more, added, removed, fewest } = diffLines(version(old), version(fresh), {
      most: MOST_LINES,
      over,
      tick,
    });
    const patch = lines.map((line) => safeText(line, WIDEST)).join('\n');
    return { kind: 'diff', patch, more, added, removed, fewest, lineEndsDiffer: crlf(old) !== crlf(fresh) };
  },
});

/** The text of an empty file is empty; nothing for what is no text. */
async function textOf(bytes: Uint8Array): Promise<string | undefined> {
  if (bytes.length === 0) return '';
  const decoded = await decode(bytes);
  return decoded.kind === 'text' ? decoded.text : undefined;
}

function crlf(text: string): boolean {
  return text.slice(0, 10_000).includes('\r\n');
}
