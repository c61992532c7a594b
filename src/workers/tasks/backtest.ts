import { type Static, Type } from '@sinclair/typebox';
import { judge } from '../rules/judge.ts';
import { MOST_REPLAYED_BYTES } from '../rules/read/limits.ts';
import { linesOf } from '../rules/read/lines.ts';
import { JudgeInput, Verdict } from '../rules/verdict.ts';
import { SharedBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

const MOST_AT_ONCE = 5_000;
/** What is shown of a text that was hit. */
const LONGEST_SHOWN = 300;
const Message = Type.Omit(JudgeInput, ['rules', 'count', 'explain']);

const Output = Type.Object({
  /** So many were looked at; of a file, how many there are in all. */
  done: Type.Integer(),
  total: Type.Integer(),
  hits: Type.Array(
    Type.Object({
      /** Its place among those that were sent, or its line in the file, from 0. */
      at: Type.Integer(),
      text: Type.String(),
      verdict: Verdict,
    }),
  ),
  /** Milliseconds that judging them took. */
  ms: Type.Number(),
});

/** What rules would say of messages that were written before: of those that are sent, or of the lines of a file, some at a time. */
export default defineTask({
  lane: 'bulk',
  deadlineMs: 30_000,
  input: Type.Object({
    rules: JudgeInput.properties.rules,
    messages: Type.Optional(Type.Array(Message, { maxItems: MOST_AT_ONCE })),
    file: Type.Optional(SharedBytes(MOST_REPLAYED_BYTES)),
    /** The line of the file to begin with. */
    from: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Who wrote the lines of a file, and where. */
    as: Type.Optional(Message),
  }),
  output: Output,
  sample: { messages: [] },
  run({ rules, messages = [], file, from = 0, as }): Static<typeof Output> {
    const began = performance.now();
    const lines = file && as ? linesOf(file) : undefined;
    const some = lines
      ? lines.slice(from, from + MOST_AT_ONCE).map((text) => ({ ...as, text }) as Static<typeof Message>)
      : messages; // `as` is one but for the text
    const hits = some.flatMap((message, at) => {
      if (!rules) return [];
      const verdict = judge({ ...message, count: false }, rules);
      const told = verdict.hits.length > 0 || verdict.print !== undefined;
      return told ? [{ at: from + at, text: message.text.slice(0, LONGEST_SHOWN), verdict }] : [];
    });
    return { done: some.length, total: lines?.length ?? messages.length, hits, ms: performance.now() - began };
  },
});
