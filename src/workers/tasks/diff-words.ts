import { type Static, Type } from '@sinclair/typebox';
import { diffWords, type Segment } from '../diff/diff-words.ts';
import { defineTask } from '../task.ts';

/** Longer than any message of Discord's. */
const LONGEST = 8_000;
/** After so many milliseconds what is left counts as replaced. */
const BUDGET_MS = 20;

const Output = Type.Array(
  Type.Object({
    kind: Type.Union([Type.Literal('same'), Type.Literal('gone'), Type.Literal('new')]),
    text: Type.String(),
  }),
);

/** What has changed from one message to its next version, word by word; of long stretches that stayed the middle is left out. */
export default defineTask({
  lane: 'quick',
  batch: { size: 16, waitMs: 2 },
  input: Type.Object({
    before: Type.String({ maxLength: LONGEST }),
    after: Type.String({ maxLength: LONGEST }),
    /** Letters of what stayed that are shown on each side of what did not. */
    around: Type.Integer({ minimum: 0, maximum: LONGEST }),
  }),
  output: Output,
  sample: { before: 'a bird that flies', after: 'a bird that swims', around: 40 },
  run({ before, after, around }): Static<typeof Output> {
    const until = performance.now() + BUDGET_MS;
    const segments = diffWords(before, after, () => performance.now() > until);
    return segments.map((one, at) => shortened(one, around, at === 0, at === segments.length - 1));
  },
});

function shortened({ kind, text }: Segment, around: number, first: boolean, last: boolean): Segment {
  if (kind !== 'same') return { kind, text };
  const [lead, trail] = first === last ? [around, around] : [first ? 0 : around, last ? 0 : around];
  if (text.length <= lead + trail + 1) return { kind, text };
  const end = trail === 0 ? '' : text.slice(-trail);
  return { kind, text: `${text.slice(0, lead)}…${end}`.toWellFormed() };
}
