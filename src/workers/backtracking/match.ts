import { Type } from '@sinclair/typebox';
import { MOST_LETTERS, MOST_SPANS, MOST_TEXT } from '../patterns/limits.ts';
import { nativePattern } from '../patterns/native.ts';
import { defineTask } from '../task.ts';
import { canonical } from '../text/canonical.ts';
import { ownThreadId } from '../thread-id.ts';
import { BUDGET_MS } from './budget.ts';

/** Patterns that the thread keeps; those used longest ago make room. */
const MOST_KEPT = 200;
const thread = ownThreadId();
const kept = new Map<string, RegExp>();

/**
 * Where a pattern matches in a text, with the engine that goes back: it may take for ever, and its thread is ended then.
 * Small enough that another is there at once.
 */
export default defineTask({
  lane: 'quick',
  batch: { size: 16, waitMs: 0 },
  deadlineMs: BUDGET_MS,
  input: Type.Object({
    source: Type.String({ maxLength: MOST_LETTERS }),
    ignoreCase: Type.Boolean(),
    of: Type.Union([Type.Literal('canonical'), Type.Literal('original')]),
    text: Type.String(),
  }),
  /** The first places, `[from, to)` in UTF-16 units of the text as it was written, microseconds, and whose work it was. */
  output: Type.Object({
    spans: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
    us: Type.Number(),
    thread: Type.Optional(Type.Integer()),
  }),
  sample: { source: '(.)\\1\\1', ignoreCase: true, of: 'canonical', text: 'sooo many' },
  run({ source, ignoreCase, of, text }) {
    const began = performance.now();
    const whole = text.slice(0, MOST_TEXT);
    const read = of === 'canonical' ? canonical(whole, { leet: false }) : undefined;
    const spans: [number, number][] = [];
    for (const { index, 0: found } of (read?.text ?? whole).matchAll(compiled(source, ignoreCase))) {
      const end = index + found.length;
      spans.push([read?.from[index] ?? index, read?.from[end] ?? end]);
      if (spans.length === MOST_SPANS) break;
    }
    return { spans, us: (performance.now() - began) * 1_000, ...(thread !== undefined && { thread }) };
  },
});

function compiled(source: string, ignoreCase: boolean): RegExp {
  const key = `${ignoreCase ? 'i' : 'c'}${source}`;
  const pattern = kept.get(key) ?? nativePattern(source, ignoreCase);
  kept.delete(key);
  kept.set(key, pattern);
  const oldest = kept.size > MOST_KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  return pattern;
}
