import { type Static, Type } from '@sinclair/typebox';
import { judge } from '../rules/judge.ts';
import { MOST_REPLAYED_BYTES } from '../rules/read/limits.ts';
import { linesFrom } from '../rules/read/lines.ts';
import { JudgeInput, Verdict } from '../rules/verdict.ts';
import { SharedBytes } from '../shared-bytes.ts';
import { defineTask } from '../task.ts';

const MOST_AT_ONCE = 5_000;
/** What is told of a text that was hit. */
const LONGEST_SHOWN = 300;
const Message = Type.Omit(JudgeInput, ['rules', 'count', 'explain']);

const Output = Type.Object({
  /** So many were looked at, empty lines among them. */
  done: Type.Integer(),
  /** Where the next line of the file begins, in bytes; nothing at its end. */
  next: Type.Optional(Type.Integer()),
  /** So many were hit for sure, and so many depend on more than the thread knows. */
  sure: Type.Integer(),
  open: Type.Integer(),
  /** The first of those, `most` of them. */
  hits: Type.Array(
    Type.Object({
      /** Its place among those that were sent, or among the lines that were read, from 0. */
      at: Type.Integer(),
      /** Some of what was written, around what was found, and where in it that begins. */
      text: Type.String(),
      from: Type.Integer(),
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
    file: Type.Optional(SharedBytes(2 * MOST_REPLAYED_BYTES)),
    /** Each line of the file is a string of JSON. */
    json: Type.Optional(Type.Boolean()),
    /** The byte of the file to begin with. */
    from: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Who wrote the lines of a file, and where. */
    as: Type.Optional(Message),
    /** So many hits are told; all, unless said. */
    most: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  output: Output,
  sample: { messages: [] },
  run({ rules, messages = [], file, json = false, from = 0, as, most }): Static<typeof Output> {
    const began = performance.now();
    const read = file && as ? linesFrom(file, from, MOST_AT_ONCE) : undefined;
    const some = read && as ? read.texts.map((line) => ({ ...as, text: json ? textIn(line) : line })) : messages;
    const hits = some.flatMap((message, at) => {
      if (!rules || (read && message.text.trim() === '')) return [];
      const verdict = judge({ ...message, count: false }, rules);
      const told = verdict.hits.length > 0 || (!read && verdict.print !== undefined);
      return told ? [{ at, ...around(message.text, verdict), verdict }] : [];
    });
    const sure = hits.filter(({ verdict }) => verdict.hits.some(({ late }) => late === undefined)).length;
    return {
      done: some.length,
      ...(read?.next !== undefined && { next: read.next }),
      ...{ sure, open: hits.length - sure, hits: hits.slice(0, most) },
      ms: performance.now() - began,
    };
  },
});

function around(text: string, { hits }: Verdict): { readonly text: string; readonly from: number } {
  const [first] = hits[0]?.spans[0] ?? [0];
  const from = first < LONGEST_SHOWN / 2 ? 0 : first - LONGEST_SHOWN / 3;
  return { text: text.slice(from, from + LONGEST_SHOWN).toWellFormed(), from };
}

/** A line as `read-texts` wrote it. */
function textIn(line: string): string {
  const text: unknown = line === '' ? '' : JSON.parse(line);
  return typeof text === 'string' ? text : '';
}
